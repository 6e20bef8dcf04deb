package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class BrowserPoolTests {

    private static TestSite site;
    private static BrowserLauncher launcher;

    @BeforeAll
    static void start() throws IOException {
        site = new TestSite("127.0.0.1");
        site.page("/good", "<body>good");
        launcher =
                new LocalBrowserLauncher(
                        new BrowserCommand(TestBrowser.executable(), true, 4L << 30),
                        (host, port) -> new Socket(InetAddress.ofLiteral(host), port),
                        100 << 20);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static BrowserPool pool(int waiting, int pages) {
        return new BrowserPool(
                launcher,
                new BrowserPool.Limits(
                        1, waiting, pages, 512L << 20, 1L << 30, Duration.ofMinutes(5)));
    }

    private static long pid(BrowserPool pool) throws Exception {
        return pool.use(Duration.ofSeconds(60), Duration.ofSeconds(60), Browser::pid);
    }

    private static void shoot(BrowserPool pool) throws Exception {
        TestBrowser.shoot(pool, TestOptions.of(site.url("/good"), o -> o)).taken();
    }

    @Test
    void useWhenBrowserIsIdleUsesItAgain() throws Exception {
        try (BrowserPool pool = pool(4, 100)) {
            long first = pid(pool);

            assertThat(pid(pool)).isEqualTo(first);
        }
    }

    @Test
    void useWhenBrowserHasShownItsPagesReplacesIt() throws Exception {
        try (BrowserPool pool = pool(4, 1)) {
            long first = pid(pool);
            shoot(pool);

            assertThat(pid(pool)).isNotEqualTo(first);
            assertThat(ProcessHandle.of(first)).isEmpty();
        }
    }

    @Test
    void useWhenBrowserWasKilledStartsAnother() throws Exception {
        try (BrowserPool pool = pool(4, 100)) {
            long first = pid(pool);
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            Awaitility.await().until(() -> ProcessHandle.of(first).isEmpty());

            shoot(pool);

            assertThat(pid(pool)).isNotEqualTo(first);
        }
    }

    @Test
    void useWhenBrowserHangsKillsIt() throws Exception {
        try (BrowserPool pool = pool(4, 100)) {
            long first = pid(pool);
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(first)).start().waitFor())
                    .isZero();

            ShotOutcome outcome =
                    pool.use(
                            Duration.ofMillis(500),
                            Duration.ofSeconds(5),
                            browser ->
                                    new PageShot(
                                                    browser,
                                                    TestOptions.of(site.url("/good"), o -> o),
                                                    _ -> {})
                                            .take(ByteArrayOutputStream::new));

            assertThat(outcome).isInstanceOf(ShotOutcome.NotTaken.class);
            shoot(pool);
            assertThat(ProcessHandle.of(first)).isEmpty();
        }
    }

    @Test
    void useWhenTooManyWaitRefuses() throws Exception {
        try (BrowserPool pool = pool(0, 100)) {
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Thread user =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            pool.use(
                                                    Duration.ofSeconds(60),
                                                    Duration.ofSeconds(60),
                                                    _ -> {
                                                        taken.countDown();
                                                        end.await();
                                                        return "";
                                                    });
                                        } catch (Exception ex) {
                                            throw new IllegalStateException(ex);
                                        }
                                    });
            taken.await();

            assertThatThrownBy(() -> pid(pool)).isInstanceOf(BrowserPool.BusyException.class);

            end.countDown();
            user.join();
            assertThat(pid(pool)).isPositive();
        }
    }

    @Test
    void useWhenThreadIsInterruptedLeavesBrowserForTheNext() throws Exception {
        try (BrowserPool pool = pool(4, 100)) {
            pid(pool);
            String url = site.page("/waits", "<body>waits");
            site.forget();
            Thread user =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            TestBrowser.shoot(
                                                    pool,
                                                    TestOptions.of(
                                                            url,
                                                            o -> {
                                                                o.delay = Duration.ofSeconds(30);
                                                                return o;
                                                            }));
                                        } catch (Exception _) {
                                            // interrupted
                                        }
                                    });
            Awaitility.await().until(() -> site.requests().contains("GET /waits"));
            user.interrupt();
            user.join();

            shoot(pool);
        }
    }

    @Test
    void closeWhenBrowsersRunEndsThemAndDeletesTheirProfiles() throws Exception {
        BrowserPool pool = pool(4, 100);
        long pid = pid(pool);
        List<ProcessHandle> all =
                Stream.concat(
                                Stream.of(ProcessHandle.of(pid).orElseThrow()),
                                ProcessHandle.of(pid).orElseThrow().descendants())
                        .toList();
        pool.close();

        Awaitility.await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(profilesOf(ProcessHandle.current().pid())).isEmpty();
    }

    @Test
    void killWhenBrowserRunsLeavesNoProcessAndNoProfile() throws Exception {
        Process server =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PoolProcess.class.getName(),
                                TestBrowser.executable().toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long pid = Long.parseLong(server.inputReader().readLine());
        List<ProcessHandle> all =
                Stream.concat(
                                Stream.of(ProcessHandle.of(pid).orElseThrow()),
                                ProcessHandle.of(pid).orElseThrow().descendants())
                        .toList();
        assertThat(all).hasSizeGreaterThan(2);

        server.destroyForcibly().waitFor();

        Awaitility.await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        ProfileDirectory.deleteAbandoned(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(profilesOf(server.pid())).isEmpty();
    }

    private static List<Path> profilesOf(long pid) throws IOException {
        String prefix = "gatehouse-browser-" + pid + "-";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    @Test
    void startWhenSandboxIsOnIsolatesRenderers() throws Exception {
        try (BrowserPool pool = pool(4, 100)) {
            List<String> renderers = new ArrayList<>();
            pool.use(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    browser ->
                            new PageShot(
                                            browser,
                                            TestOptions.of(site.url("/good"), o -> o),
                                            _ -> {})
                                    .take(
                                            () -> {
                                                renderers.addAll(renderersOf(browser.pid()));
                                                renderers.forEach(BrowserPoolTests::check);
                                                return OutputStream.nullOutputStream();
                                            }));
            assertThat(renderers).isNotEmpty();
        }
    }

    private static List<String> renderersOf(long pid) {
        return ProcessHandle.of(pid)
                .orElseThrow()
                .descendants()
                .map(handle -> "/proc/" + handle.pid())
                .filter(proc -> read(proc + "/cmdline").contains("--type=renderer"))
                .toList();
    }

    /** A seccomp filter, another user namespace, and no capability. */
    private static void check(String proc) {
        assertThat(read(proc + "/status")).contains("Seccomp:\t2").contains("NoNewPrivs:\t1");
        assertThat(read(proc + "/cmdline")).doesNotContain("--no-sandbox");
        assertThat(link(proc + "/ns/user")).isNotEqualTo(link("/proc/self/ns/user"));
        assertThat(link(proc + "/ns/net")).isNotEqualTo(link("/proc/self/ns/net"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException _) {
            return "";
        }
    }

    private static String link(String file) {
        try {
            return Files.readSymbolicLink(Path.of(file)).toString();
        } catch (IOException _) {
            return "";
        }
    }
}
