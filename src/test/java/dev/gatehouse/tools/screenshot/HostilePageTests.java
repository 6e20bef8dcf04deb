package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages that misbehave: each ends in a result or a clear error, and the next screenshot works. */
class HostilePageTests {

    private static TestSite site;
    private static BrowserPool pool;

    @BeforeAll
    static void start() throws IOException {
        site = new TestSite("127.0.0.1");
        site.page("/good", "<body style='background:lime'>");
        pool =
                TestBrowser.pool(
                        (host, port) -> {
                            if (!host.equals("127.0.0.1") || port != site.port()) {
                                throw new ConnectionOpener.RefusedException("no-public-address");
                            }
                            return new Socket(InetAddress.ofLiteral(host), port);
                        });
    }

    @AfterAll
    static void stop() {
        pool.close();
        site.close();
    }

    /** Takes a screenshot of the page, and then a good one. */
    private static ShotOutcome shoot(String html) throws Exception {
        return shootUrl(site.page("/hostile", html), o -> o);
    }

    private static ShotOutcome shootUrl(String url, UnaryOperator<TestOptions> change)
            throws Exception {
        ShotOutcome outcome = TestBrowser.shoot(pool, TestOptions.of(url, change)).outcome();
        TestBrowser.Shot good = TestBrowser.shoot(pool, TestOptions.of(site.url("/good"), o -> o));
        assertThat(good.taken().width()).isEqualTo(320);
        return outcome;
    }

    private static ShotProblem problem(ShotOutcome outcome) {
        if (outcome instanceof ShotOutcome.NotTaken(var problem, _)) {
            return problem;
        }
        throw new AssertionError(outcome);
    }

    private static UnaryOperator<TestOptions> timeout(int seconds) {
        return o -> {
            o.timeout = Duration.ofSeconds(seconds);
            return o;
        };
    }

    @Test
    void takeWhenPageOpensDialogsDismissesThem() throws Exception {
        ShotOutcome outcome =
                shoot(
                        "<script>alert('a'.repeat(1e6));confirm('b');prompt('c');print();"
                                + "onbeforeunload=e=>e.preventDefault();document.title='after'</script>");

        assertThat(((ShotOutcome.Taken) outcome).title()).isEqualTo("after");
    }

    @Test
    void takeWhenScriptNeverEndsStopsIt() throws Exception {
        ShotOutcome outcome =
                shootUrl(site.page("/endless", "<body>x<script>while(true);</script>"), timeout(5));

        assertThat(((ShotOutcome.Taken) outcome).limit())
                .isEqualTo("The time limit ended the wait for the page.");
    }

    /** Promises are not kept any more once scripts are stopped. */
    @Test
    void takeWhenScriptNeverEndsAfterLoadStopsIt() throws Exception {
        ShotOutcome outcome =
                shoot(
                        "<style>@font-face{font-family:f;src:url(/never)}p{font-family:f}</style><p>x"
                                + "<script>onload=()=>setTimeout(()=>{while(true);})</script>");

        assertThat(((ShotOutcome.Taken) outcome).limit())
                .isEqualTo("The page's scripts did not end, and were stopped.");
    }

    @Test
    void takeWhenPageNeedsTooMuchMemorySaysSo() throws Exception {
        ShotOutcome outcome =
                shootUrl(
                        site.page(
                                "/memory",
                                "<script>a=[];while(true)a.push(new Array(1e6).fill(a.length+.5))</script>"),
                        timeout(60));

        assertThat(problem(outcome)).isEqualTo(ShotProblem.PAGE_CRASHED);
    }

    @Test
    void takeWhenPageNeedsMemoryOutsideItsHeapIsKilled() throws Exception {
        ShotOutcome outcome =
                shootUrl(
                        site.page(
                                "/buffers",
                                "<script>a=[];function f(){for(let i=0;i<4;i++)a.push(new"
                                        + " Uint8Array(32<<20).fill(1));setTimeout(f,1)};f()</script>"
                                        + "<img src=/never>"),
                        o -> {
                            o.timeout = Duration.ofSeconds(60);
                            o.delay = Duration.ofSeconds(50);
                            return o;
                        });

        assertThat(problem(outcome)).isEqualTo(ShotProblem.PAGE_CRASHED);
    }

    @Test
    void takeWhenAddressIsDownloadSaysSo() throws Exception {
        String url =
                site.page(
                        "/download",
                        200,
                        Map.of("Content-Disposition", "attachment", "Content-Type", "text/html"),
                        "x");

        assertThat(problem(shootUrl(url, o -> o))).isEqualTo(ShotProblem.DOWNLOAD);
    }

    @Test
    void takeWhenPageDownloadsSavesNothing() throws Exception {
        ShotOutcome outcome =
                shoot(
                        "<a id=a download=stolen.txt href='data:text/plain,x'>a</a><script>a.click();"
                                + "setTimeout(()=>a.click(),50)</script>");

        assertThat(outcome).isInstanceOf(ShotOutcome.Taken.class);
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")), 3)) {
            assertThat(files.filter(file -> file.endsWith("stolen.txt"))).isEmpty();
        }
    }

    @Test
    void takeWhenPageOpensWindowsRefusesThem() throws Exception {
        site.forget();
        ShotOutcome outcome =
                shoot(
                        "<a id=a href=/window target=_blank rel=noopener>a</a><script>r=[];for(let"
                                + " i=0;i<20;i++){r.push(open('/window'));a.click()}document.title=r.filter(w=>w).length</script>");

        assertThat(((ShotOutcome.Taken) outcome).title()).isEqualTo("0");
        assertThat(site.requests()).doesNotContain("GET /window");
    }

    @Test
    void takeWhenPageRegistersServiceWorkerNeverRunsIt() throws Exception {
        site.page(
                "/sw.js",
                200,
                Map.of("Content-Type", "text/javascript"),
                "fetch('/from-service-worker');setInterval(()=>fetch('/from-service-worker'),50)");
        site.forget();
        shootUrl(
                site.page(
                        "/registers",
                        "<script>navigator.serviceWorker.register('/sw.js')</script>"),
                o -> {
                    o.delay = Duration.ofMillis(500);
                    return o;
                });

        assertThat(site.requests()).doesNotContain("GET /from-service-worker");
    }

    @Test
    void takeWhenPageAsksForPermissionsDeniesThem() throws Exception {
        ShotOutcome outcome =
                shootUrl(
                        site.page(
                                "/permissions",
                                "<body>x<script>Promise.all(['geolocation','notifications','camera',"
                                        + "'microphone','midi','clipboard-read'].map(name=>navigator.permissions"
                                        + ".query({name}).then(p=>p.state))).then(all=>"
                                        + "{document.title=[...new Set(all)];document.body.id='done'})</script>"),
                        o -> {
                            o.waitUntil = ShotOptions.WaitUntil.SELECTOR;
                            o.waitFor = "#done";
                            return o;
                        });

        assertThat(((ShotOutcome.Taken) outcome).title()).isEqualTo("denied");
    }

    @Test
    void takeWhenPageLeadsToOtherSchemesDoesNotFollow() throws Exception {
        for (String other :
                List.of(
                        "file:///etc/passwd",
                        "chrome://version",
                        "view-source:http://127.0.0.1/",
                        "data:text/html,hello",
                        "javascript:'x'")) {
            ShotOutcome scripted = shoot("<body>stays<script>location=\"" + other + "\"</script>");
            assertThat(((ShotOutcome.Taken) scripted).finalUrl())
                    .as(other)
                    .isEqualTo(site.url("/hostile"));
            if (!other.startsWith("javascript:")) {
                String redirect = site.page("/redirects", 302, Map.of("Location", other), "");
                assertThat(problem(shootUrl(redirect, o -> o)))
                        .as(other)
                        .isIn(ShotProblem.SCHEME_REFUSED, ShotProblem.UNREACHABLE);
            }
        }
    }

    @Test
    void takeWhenRedirectLeadsToRefusedAddressSaysSo() throws Exception {
        String url =
                site.page("/inside", 302, Map.of("Location", "http://127.0.0.2:8080/secret"), "");

        assertThat(problem(shootUrl(url, o -> o))).isEqualTo(ShotProblem.NO_PUBLIC_ADDRESS);
        assertThat(
                        problem(
                                shootUrl(
                                        site.page(
                                                "/tls-inside",
                                                302,
                                                Map.of("Location", "https://127.0.0.2/"),
                                                ""),
                                        o -> o)))
                .isEqualTo(ShotProblem.NO_PUBLIC_ADDRESS);
    }

    @Test
    void takeWhenPageShowsRefusedAddressReportsIt() throws Exception {
        ShotOutcome outcome = shoot("<img src=http://127.0.0.2:81/a><img src=https://127.0.0.3/b>");

        assertThat(((ShotOutcome.Taken) outcome).blocked())
                .containsExactlyInAnyOrder(
                        new ShotOutcome.Blocked("http://127.0.0.2:81/a", "no-public-address"),
                        new ShotOutcome.Blocked("https://127.0.0.3/b", "no-public-address"));
    }

    @Test
    void takeWhenFramesNestWithoutEndReturns() throws Exception {
        ShotOutcome outcome =
                shootUrl(
                        site.page(
                                "/nested",
                                "<script>for(let i=0;i<3;i++){f=document.createElement('iframe');"
                                        + "f.src='/nested?'+Math.random();document.documentElement.append(f)}</script>"),
                        timeout(2));

        assertThat(outcome).isNotNull();
    }

    @Test
    void takeWhenConsoleIsFloodedReturns() throws Exception {
        ShotOutcome outcome =
                shoot("<script>for(let i=0;i<2000;i++)console.log('x'.repeat(i*50))</script>");

        assertThat(((ShotOutcome.Taken) outcome).console()).hasSize(50);
    }
}
