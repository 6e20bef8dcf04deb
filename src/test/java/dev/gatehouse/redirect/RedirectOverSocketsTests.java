package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The defaults, with a certificate, over real sockets: names, loopback, kubelet and ACME. */
@ExtendWith(OutputCaptureExtension.class)
class RedirectOverSocketsTests {

    private static final String CHALLENGE = "/.well-known/acme-challenge/";

    @TempDir private static Path folder;
    @TempDir private static Path webroot;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        TestCertificate.forNames("www.example.com", "*.shop.example").writeTo(folder);
        Path challenges = Files.createDirectories(webroot.resolve(CHALLENGE.substring(1)));
        Files.writeString(challenges.resolve("tok_EN-1"), "tok_EN-1.thumbprint");
        Files.writeString(webroot.resolve("private"), "private");
        Files.createSymbolicLink(challenges.resolve("link"), webroot.resolve("private"));
        gatehouse =
                RunningGatehouse.start(
                        Stream.concat(
                                        Arrays.stream(TestCertificate.properties(folder)),
                                        Stream.of(
                                                "spring.ssl.bundle.watch.file.quiet-period=100ms",
                                                "gatehouse.exemptions.paths=/hooks/**",
                                                "gatehouse.acme.webroot=" + webroot))
                                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void redirectsToConnectorsOwnPortWhenHostIsInCertificate() {
        int port = gatehouse.port(ConnectorName.HTTPS);

        assertThat(BadInput.textOf(get("www.example.com:99", "/a")))
                .isEqualTo("301 `https://www.example.com:%d/a`".formatted(port));
        assertThat(BadInput.textOf(get("x.shop.example", "/a")))
                .isEqualTo("301 `https://x.shop.example:%d/a`".formatted(port));
        assertThat(BadInput.textOf(get("x.y.shop.example", "/a"))).isEqualTo("421");
    }

    @Test
    void namesNothingWhenHostIsUnknown() {
        assertThat(get("evil.example", "/").body())
                .isEqualTo("There is no site of this name here.\n");

        RawHttp.Response page =
                gatehouse.http(
                        RawHttp.request(
                                "GET / HTTP/1.1", "Host: evil.example", "Accept: text/html,*/*"));
        assertThat(page.status()).isEqualTo(421);
        assertThat(page.header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.body())
                .contains("<h1>There is no site of this name here</h1>")
                .doesNotContain("example", "gatehouse", "certificate");
    }

    @Test
    void followsNamesWhenCertificateIsReloaded() throws IOException {
        assertThat(get("new.example", "/").status()).isEqualTo(421);

        TestCertificate.forNames("www.example.com", "*.shop.example", "new.example")
                .writeTo(folder);

        await().until(() -> get("new.example", "/").status() == 301);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.3.4.5"})
    void servesLoopbackPeerWhenItAsksForLoopback(String peer) throws IOException {
        assertThat(from(peer, "Host: localhost")).startsWith("HTTP/1.1 200");
        assertThat(from(peer, "Host: localhost", "X-Forwarded-For: 127.0.0.1"))
                .startsWith("HTTP/1.1 421");
        assertThat(from(peer, "Host: www.example.com")).startsWith("HTTP/1.1 301");
    }

    @Test
    void servesLoopbackPeerWhenItNamesNoHost() {
        assertThat(gatehouse.http("GET / HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
    }

    private static String from(String peer, String... headers) throws IOException {
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        gatehouse.port(ConnectorName.HTTP),
                        InetAddress.ofLiteral(peer),
                        0)) {
            String request = "GET / HTTP/1.1\r\nConnection: close\r\n";
            socket.getOutputStream()
                    .write(
                            (request + String.join("\r\n", headers) + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void refusesProbeWithRemedyAndWarnsOnceWhenItWouldBeRedirected(CapturedOutput output) {
        String probe = "kube-probe/1.34";

        Response response = get("www.example.com", "/healthz", "User-Agent: " + probe);
        get("10.1.2.3", "/healthz", "User-Agent: " + probe);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("Probe /ping on this connector").contains("HTTPS");
        assertThat(get("10.1.2.3", "/ping", "User-Agent: " + probe).status()).isEqualTo(200);
        assertThat(output).containsOnlyOnce("A kubelet probe of /healthz from 127.0.0.1");
    }

    @Test
    void answersChallengeToAnyNameWhenItIsThere() {
        Response response = get("not.yet.example", CHALLENGE + "tok_EN-1");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("tok_EN-1.thumbprint");
        assertThat(response.header("Content-Type")).hasValue("application/octet-stream");
        assertThat(
                        gatehouse.http(
                                "POST %stok_EN-1 HTTP/1.1\r\nHost: x\r\n\r\n".formatted(CHALLENGE)))
                .extracting(Response::status)
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "link",
                "../../private",
                "..%2f..%2fprivate",
                "%2e%2e/%2e%2e/private",
                "..;/..;/private",
                "tok_EN-1/",
                "tok_EN-1;x",
                "tok%5fEN-1",
                "./tok_EN-1"
            })
    void finds404WhenPathIsNotChallenge(String rest) {
        assertThat(get("www.example.com", CHALLENGE + rest).status()).isIn(404, 400);
    }

    @Test
    void exemptsPathWhenItHoldsEncodedReservedCharacters() {
        String reserved = "/hooks/user%40example.com%3A%2C%2B%5B1%5D?a=%2F";

        assertThat(get("www.example.com", reserved).status()).as("served").isEqualTo(404);
        assertThat(get("www.example.com", "/hooks/%75ser%40example.com").status()).isEqualTo(301);
    }

    @Test
    void leavesChallengesToTheSiteWhenAskedOverTls() {
        assertThat(
                        gatehouse
                                .https(
                                        RawHttp.request(
                                                "GET " + CHALLENGE + "tok_EN-1 HTTP/1.1",
                                                "Host: www.example.com"))
                                .status())
                .isEqualTo(404);
    }

    private static Response get(String host, String path, String... headers) {
        return gatehouse.http(
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\n"
                        + String.join("\r\n", headers)
                        + (headers.length == 0 ? "\r\n" : "\r\n\r\n"));
    }
}
