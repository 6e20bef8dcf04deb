package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.FreePort;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A headless shell with a DevTools port, as in a pod of its own. */
class RemoteBrowserTests {

    @TempDir private static Path profile;

    private static Process browser;
    private static URI url;
    private static TestSite site;
    private static Canary canary;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite("127.0.0.1");
        canary = new Canary("127.0.0.1");
        browser =
                new ProcessBuilder(
                                TestBrowser.executable().toString(),
                                "--headless",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "--proxy-server=http://127.0.0.1:9",
                                "--no-first-run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Path port = TestBrowser.profile(profile).resolve("DevToolsActivePort");
        Awaitility.await().until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        url = URI.create("http://localhost:" + Files.readAllLines(port).getFirst());
    }

    @AfterAll
    static void stop() throws Exception {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly().waitFor();
        site.close();
        canary.close();
    }

    private static BrowserPool pool(URI at) {
        return new BrowserPool(
                new RemoteBrowserLauncher(
                        at,
                        "127.0.0.1",
                        FreePort.next(),
                        8,
                        (host, port) -> {
                            if (!host.equals("127.0.0.1") || port != site.port()) {
                                throw new ConnectionOpener.RefusedException("no-public-address");
                            }
                            return new Socket(InetAddress.ofLiteral(host), port);
                        },
                        100 << 20),
                new BrowserPool.Limits(1, 4, 100, 512L << 20, 1L << 30, Duration.ofMinutes(5)));
    }

    @Test
    void takeWhenBrowserIsRemoteGoesThroughTheProxyWithItsCredential() throws Exception {
        site.page("/i.svg", 200, Map.of("Content-Type", "image/svg+xml"), "<svg/>");
        String page =
                site.page(
                        "/remote",
                        "<title>Remote</title><img src=/i.svg><img src=http://127.0.0.1:%d/>"
                                .formatted(canary.port()));
        try (BrowserPool pool = pool(url)) {
            for (int i = 0; i < 2; i++) {
                site.forget();
                TestBrowser.Shot shot = TestBrowser.shoot(pool, TestOptions.of(page, o -> o));

                assertThat(shot.taken().title()).isEqualTo("Test");
                assertThat(shot.taken().blocked()).hasSize(1);
                assertThat(site.requests()).containsExactlyInAnyOrder("GET /remote", "GET /i.svg");
            }
        }
        assertThat(canary.arrivals()).isEmpty();
    }

    @Test
    void proxyWhenCredentialIsMissingOrWrongRefuses() throws Exception {
        site.page("/", "secret");
        try (FilteringProxy proxy = FilteringProxy.on("127.0.0.1", 0, Socket::new, 1 << 20)) {
            assertThat(answer(proxy, "")).startsWith("HTTP/1.1 407 ");
            assertThat(answer(proxy, "Proxy-Authorization: Basic Z2F0ZWhvdXNlOng=\r\n"))
                    .startsWith("HTTP/1.1 407 ");
            String right =
                    Base64.getEncoder()
                            .encodeToString(
                                    ("gatehouse:" + proxy.password())
                                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(proxy, "Proxy-Authorization: Basic " + right + "\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    private static String answer(FilteringProxy proxy, String field) throws Exception {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port())) {
            socket.getOutputStream()
                    .write(
                            "GET http://127.0.0.1:%d/ HTTP/1.1\r\nHost: x\r\n%s\r\n"
                                    .formatted(site.port(), field)
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] head = new byte[64];
            int count = socket.getInputStream().read(head);
            return new String(head, 0, count, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void useWhenRemoteBrowserIsNotThereSaysSo() {
        try (BrowserPool pool = pool(URI.create("http://127.0.0.1:9"))) {
            assertThatThrownBy(
                            () -> pool.use(Duration.ofMinutes(1), Duration.ofMinutes(1), _ -> ""))
                    .isInstanceOf(BrowserUnavailableException.class)
                    .hasMessageContaining("127.0.0.1:9 does not answer");
        }
    }
}
