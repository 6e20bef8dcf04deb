package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks at the pixels of what a real Chromium makes of each option. */
class PageShotTests {

    private static final int RED = 0xff0000;
    private static final int GREEN = 0x00ff00;
    private static final int BLUE = 0x0000ff;
    private static final int WHITE = 0xffffff;

    private static TestSite site;
    private static BrowserPool pool;

    @BeforeAll
    static void start() throws IOException {
        site = new TestSite("127.0.0.1");
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

    private static TestBrowser.Shot shoot(String url, UnaryOperator<TestOptions> change)
            throws Exception {
        return TestBrowser.shoot(pool, TestOptions.of(url, change));
    }

    /** The rows of an image. */
    private record Picture(int width, int height, List<byte[]> rows) {

        int at(int x, int y) {
            byte[] row = rows.get(y);
            return (row[3 * x] & 0xff) << 16
                    | (row[3 * x + 1] & 0xff) << 8
                    | (row[3 * x + 2] & 0xff);
        }
    }

    private static Picture picture(byte[] png) throws IOException {
        try (PngReader reader = new PngReader(new ByteArrayInputStream(png))) {
            List<byte[]> rows = new ArrayList<>();
            for (int y = 0; y < reader.height(); y++) {
                rows.add(reader.row().clone());
            }
            return new Picture(reader.width(), reader.height(), rows);
        }
    }

    @Test
    void takeWhenOnlyUrlIsGivenShowsViewport() throws Exception {
        String url =
                site.page(
                        "/viewport",
                        "<body style='background:red;height:5000px'>"
                                + "<div style='height:100vh;width:50vw;background:lime'>");

        TestBrowser.Shot shot = shoot(url, o -> o);

        Picture picture = picture(shot.image());
        assertThat(picture.width()).isEqualTo(320);
        assertThat(picture.height()).isEqualTo(240);
        assertThat(picture.at(0, 239)).isEqualTo(GREEN);
        assertThat(picture.at(159, 0)).isEqualTo(GREEN);
        assertThat(picture.at(160, 0)).isEqualTo(RED);
        assertThat(shot.taken().status()).isEqualTo(200);
        assertThat(shot.taken().title()).isEqualTo("Test");
        assertThat(shot.taken().finalUrl()).isEqualTo(url);
        assertThat(shot.taken().limit()).isNull();
    }

    @Test
    void takeWhenScaleIsTwoHasFourTimesThePixels() throws Exception {
        String url =
                site.page(
                        "/scale",
                        "<body style='background:red'><div style='height:10px;background:lime'>");

        Picture picture = picture(shoot(url, o -> with(o, () -> o.scale = 2)).image());

        assertThat(picture.width()).isEqualTo(640);
        assertThat(picture.height()).isEqualTo(480);
        assertThat(picture.at(0, 19)).isEqualTo(GREEN);
        assertThat(picture.at(0, 20)).isEqualTo(RED);
    }

    private static TestOptions with(TestOptions options, Runnable change) {
        change.run();
        return options;
    }

    @Test
    void takeWhenPageIsHighJoinsStripsWithoutSeam() throws Exception {
        String url =
                site.page(
                        "/high",
                        "<body style='height:20000px;background:linear-gradient(red,red) 0 0/100%"
                                + " 1px no-repeat, repeating-linear-gradient(lime 0 100px, blue"
                                + " 100px 200px)'><div"
                                + " style='position:fixed;top:0;right:0;width:9px;height:50px;background:red'>");

        TestBrowser.Shot shot = shoot(url, o -> with(o, () -> o.fullPage = true));

        Picture picture = picture(shot.image());
        assertThat(picture.height()).isEqualTo(20_000);
        assertThat(shot.taken().height()).isEqualTo(20_000);
        for (int y = 1; y < 20_000; y++) {
            assertThat(picture.at(5, y)).as("row %d", y).isEqualTo(y % 200 < 100 ? GREEN : BLUE);
            assertThat(picture.at(315, y) == RED).as("fixed, row %d", y).isEqualTo(y < 50);
        }
    }

    @Test
    void takeWhenPageIsHigherThanTheLimitEndsThere() throws Exception {
        String url = site.page("/higher", "<body style='height:16000px;background:lime'>");

        TestBrowser.Shot shot =
                shoot(
                        url,
                        o ->
                                with(
                                        o,
                                        () -> {
                                            o.fullPage = true;
                                            o.width = 100;
                                            o.scale = 2;
                                        }));

        Picture picture = picture(shot.image());
        assertThat(picture.height()).isEqualTo(30_000);
        assertThat(picture.at(199, 29_999)).isEqualTo(GREEN);
        assertThat(shot.taken().limit())
                .isEqualTo("The page is 32,000 pixels high; the image ends at 30,000.");
    }

    @Test
    void takeWhenSelectorIsGivenShowsElement() throws Exception {
        String url =
                site.page(
                        "/selector",
                        "<body style='background:red;height:3000px'><div id=e"
                                + " style='position:absolute;top:2000px;left:40px;width:50px;height:60px;background:lime'>");

        Picture picture = picture(shoot(url, o -> with(o, () -> o.selector = "#e")).image());

        assertThat(List.of(picture.width(), picture.height())).containsExactly(50, 60);
        assertThat(picture.at(0, 0)).isEqualTo(GREEN);
        assertThat(picture.at(49, 59)).isEqualTo(GREEN);
    }

    @Test
    void takeWhenClipIsGivenShowsRectangle() throws Exception {
        String url =
                site.page(
                        "/clip",
                        "<body style='background:red;height:3000px'><div"
                                + " style='position:absolute;top:1000px;width:100px;height:60px;background:lime'>");

        Picture picture =
                picture(
                        shoot(url, o -> with(o, () -> o.clip = new Clip(90, 1050, 20, 20)))
                                .image());

        assertThat(List.of(picture.width(), picture.height())).containsExactly(20, 20);
        assertThat(picture.at(9, 9)).isEqualTo(GREEN);
        assertThat(picture.at(10, 9)).isEqualTo(RED);
        assertThat(picture.at(9, 10)).isEqualTo(RED);
    }

    @Test
    void takeWhenSelectorMatchesNothingSaysSo() throws Exception {
        String url = site.page("/nothing", "nothing");

        assertThat(problem(shoot(url, o -> with(o, () -> o.selector = "#missing"))))
                .isEqualTo(ShotProblem.SELECTOR_NOT_FOUND);
        assertThat(problem(shoot(url, o -> with(o, () -> o.selector = "]["))))
                .isEqualTo(ShotProblem.SELECTOR_INVALID);
        assertThat(problem(shoot(url, o -> with(o, () -> o.clip = new Clip(0, 9000, 9, 9)))))
                .isEqualTo(ShotProblem.EMPTY_CLIP);
    }

    private static ShotProblem problem(TestBrowser.Shot shot) {
        return shot.outcome() instanceof ShotOutcome.NotTaken(var problem, _)
                ? problem
                : fail(shot);
    }

    private static ShotProblem fail(TestBrowser.Shot shot) {
        throw new AssertionError(shot.outcome());
    }

    @Test
    void takeWhenColourSchemeAndMotionAreGivenEmulatesThem() throws Exception {
        String url =
                site.page(
                        "/media",
                        "<style>body{background:red}@media"
                                + " (prefers-color-scheme:dark){body{background:blue}}@media"
                                + " (prefers-reduced-motion:reduce){div{height:20px;background:lime}}"
                                + "</style><div></div>");

        Picture light = picture(shoot(url, o -> o).image());
        Picture dark =
                picture(
                        shoot(
                                        url,
                                        o ->
                                                with(
                                                        o,
                                                        () -> {
                                                            o.dark = true;
                                                            o.reducedMotion = true;
                                                        }))
                                .image());

        assertThat(light.at(0, 10)).isEqualTo(RED);
        assertThat(dark.at(0, 10)).isEqualTo(GREEN);
        assertThat(dark.at(0, 30)).isEqualTo(BLUE);
    }

    @Test
    void takeWhenMobileHasItsViewportAndUserAgent() throws Exception {
        String url =
                site.page(
                        "/mobile",
                        "<meta name=viewport content='width=device-width'><body"
                                + " style='background:red'><div id=d"
                                + " style='height:10px'></div><script>if(navigator.userAgent.includes('Mobile')"
                                + "&&'ontouchstart' in window&&innerWidth==390)"
                                + "d.style.background='lime'</script>");

        Picture picture =
                picture(
                        shoot(
                                        url,
                                        o ->
                                                with(
                                                        o,
                                                        () -> {
                                                            o.mobile = true;
                                                            o.width = 390;
                                                            o.height = 844;
                                                        }))
                                .image());

        assertThat(List.of(picture.width(), picture.height())).containsExactly(390, 844);
        assertThat(picture.at(389, 9)).isEqualTo(GREEN);
    }

    @Test
    void takeWhenMobilePageHasNoViewportIsZoomedOut() throws Exception {
        String url =
                site.page(
                        "/desktop-only",
                        "<body style='background:red;height:3000px'><div"
                                + " style='width:490px;height:200px;background:lime'>");

        UnaryOperator<TestOptions> mobile =
                o ->
                        with(
                                o,
                                () -> {
                                    o.mobile = true;
                                    o.width = 490;
                                    o.height = 800;
                                });
        Picture picture = picture(shoot(url, mobile).image());
        Picture full =
                picture(shoot(url, o -> with(mobile.apply(o), () -> o.fullPage = true)).image());

        assertThat(List.of(picture.width(), picture.height())).containsExactly(490, 800);
        assertThat(picture.at(240, 90)).isEqualTo(GREEN);
        assertThat(picture.at(250, 90)).isEqualTo(RED);
        assertThat(List.of(full.width(), full.height())).containsExactly(490, 1500);
        assertThat(full.at(240, 90)).isEqualTo(GREEN);
        assertThat(full.at(250, 90)).isEqualTo(RED);
    }

    @Test
    void takeWhenFormatIsGivenIsInIt() throws Exception {
        String url = site.page("/format", "<body style='background:lime'>");

        byte[] jpeg = shoot(url, o -> with(o, () -> o.format = ImageFormat.JPEG)).image();
        byte[] webp = shoot(url, o -> with(o, () -> o.format = ImageFormat.WEBP)).image();

        assertThat(decode("image/jpeg", jpeg)).matches("320x240 [01],25[45],[01]");
        assertThat(decode("image/webp", webp)).matches("320x240 [01],25[45],[01]");
    }

    @Test
    void takeWhenQualityIsLowerIsSmaller() throws Exception {
        String url =
                site.page(
                        "/quality",
                        "<body style='height:100vh;background:repeating-conic-gradient(red 0 3deg, blue 3deg"
                                + " 7deg)'>");

        for (ImageFormat format : List.of(ImageFormat.JPEG, ImageFormat.WEBP)) {
            byte[] low = shoot(url, o -> with(o, () -> quality(o, format, 5))).image();
            byte[] high = shoot(url, o -> with(o, () -> quality(o, format, 95))).image();
            assertThat(low.length).as(format.text()).isLessThan(high.length / 2);
        }
    }

    private static void quality(TestOptions options, ImageFormat format, int quality) {
        options.format = format;
        options.quality = quality;
    }

    @Test
    void takeWhenJpegOrWebpIsHighIsJoinedInTheBrowser() throws Exception {
        String url =
                site.page(
                        "/high-jpeg",
                        "<body style='height:12000px;background:linear-gradient(lime 9000px, blue"
                                + " 9000px)'>");
        UnaryOperator<TestOptions> full = o -> with(o, () -> o.fullPage = true);

        byte[] jpeg =
                shoot(url, o -> with(full.apply(o), () -> o.format = ImageFormat.JPEG)).image();
        byte[] webp =
                shoot(url, o -> with(full.apply(o), () -> o.format = ImageFormat.WEBP)).image();

        assertThat(decode("image/jpeg", jpeg)).startsWith("320x12000 0,25");
        assertThat(decode("image/webp", webp)).startsWith("320x12000 0,25");
    }

    @Test
    void takeWhenWebpIsTooHighSaysSo() throws Exception {
        String url = site.page("/high-webp", "<body style='height:17000px'>");

        TestBrowser.Shot shot =
                shoot(
                        url,
                        o ->
                                with(
                                        o,
                                        () -> {
                                            o.fullPage = true;
                                            o.format = ImageFormat.WEBP;
                                        }));

        assertThat(problem(shot)).isEqualTo(ShotProblem.IMAGE_TOO_LARGE);
    }

    @Test
    void takeWhenElementIsTooWideSaysSo() throws Exception {
        String url =
                site.page("/wide", "<div id=e style='width:33000000px;height:1px;background:red'>");

        TestBrowser.Shot shot =
                shoot(
                        url,
                        o ->
                                with(
                                        o,
                                        () -> {
                                            o.selector = "#e";
                                            o.scale = 3;
                                        }));

        assertThat(problem(shot)).isEqualTo(ShotProblem.IMAGE_TOO_LARGE);
    }

    /** Size and first pixel, as Chromium decodes it. */
    private static String decode(String type, byte[] image) throws Exception {
        String data = java.util.Base64.getEncoder().encodeToString(image);
        String url =
                site.page(
                        "/decode",
                        ("<script>const i=new"
                                                + " Image();i.src='data:%s;base64,%s';i.decode().then(()=>{const"
                                                + " c=new OffscreenCanvas(1,1).getContext('2d');c.drawImage(i,0,0);")
                                        .formatted(type, data)
                                + "document.title=i.width+'x'+i.height+' '+"
                                + "c.getImageData(0,0,1,1).data.slice(0,3);"
                                + "document.body.id='done'})</script><body>done");
        return shoot(
                        url,
                        o ->
                                with(
                                        o,
                                        () -> {
                                            o.waitUntil = ShotOptions.WaitUntil.SELECTOR;
                                            o.waitFor = "#done";
                                        }))
                .taken()
                .title();
    }

    @Test
    void takeWhenThumbnailIsGivenIsScaledDown() throws Exception {
        String url =
                site.page(
                        "/thumbnail",
                        "<body style='height:4000px;background:linear-gradient(90deg, lime 50%,"
                                + " blue 50%)'>");
        UnaryOperator<TestOptions> small = o -> with(o, () -> o.thumbnailWidth = 80);

        Picture viewport = picture(shoot(url, small).image());
        Picture full =
                picture(shoot(url, o -> with(small.apply(o), () -> o.fullPage = true)).image());

        assertThat(List.of(viewport.width(), viewport.height())).containsExactly(80, 60);
        assertThat(List.of(full.width(), full.height())).containsExactly(80, 1000);
        assertThat(full.at(20, 999)).isEqualTo(GREEN);
        assertThat(full.at(60, 999)).isEqualTo(BLUE);
    }

    @Test
    void takeWhenWaitingForSelectorWaitsUntilItIsThere() throws Exception {
        String url =
                site.page(
                        "/wait",
                        "<body style='background:red'><script>setTimeout(()=>{document.body.innerHTML='<p"
                                + " id=p>x';document.body.style.background='lime'},700)</script>");

        Picture picture =
                picture(
                        shoot(
                                        url,
                                        o ->
                                                with(
                                                        o,
                                                        () -> {
                                                            o.waitUntil =
                                                                    ShotOptions.WaitUntil.SELECTOR;
                                                            o.waitFor = "#p";
                                                        }))
                                .image());

        assertThat(picture.at(0, 200)).isEqualTo(GREEN);
    }

    @Test
    void takeWhenWaitingForIdleWaitsForRequestsAfterLoad() throws Exception {
        site.page("/data", 200, Map.of("Content-Type", "text/plain"), "x");
        String url =
                site.page(
                        "/idle",
                        "<body style='background:red'><script>onload=async()=>{for(let"
                                + " i=0;i<5;i++){await fetch('/data');await new"
                                + " Promise(r=>setTimeout(r,100))};document.body.style.background='lime'}"
                                + "</script>");

        Picture picture =
                picture(
                        shoot(url, o -> with(o, () -> o.waitUntil = ShotOptions.WaitUntil.IDLE))
                                .image());

        assertThat(picture.at(0, 200)).isEqualTo(GREEN);
    }

    @Test
    void takeWhenDelayIsGivenWaitsThatLong() throws Exception {
        String url =
                site.page(
                        "/delay",
                        "<body style='background:red'><script>onload=()=>setTimeout(()=>{document.body.style.background='lime'},400)</script>");

        Picture picture =
                picture(shoot(url, o -> with(o, () -> o.delay = Duration.ofSeconds(3))).image());

        assertThat(picture.at(0, 200)).isEqualTo(GREEN);
    }

    @Test
    void takeWhenTimeIsOverShowsWhatIsThere() throws Exception {
        String url = site.page("/late", "<body style='background:lime'>");

        TestBrowser.Shot shot =
                shoot(
                        url,
                        o ->
                                with(
                                        o,
                                        () -> {
                                            o.waitUntil = ShotOptions.WaitUntil.SELECTOR;
                                            o.waitFor = "#never";
                                            o.timeout = Duration.ofSeconds(5);
                                        }));

        assertThat(picture(shot.image()).at(0, 0)).isEqualTo(GREEN);
        assertThat(shot.taken().limit()).isEqualTo("The time limit ended the wait for the page.");
    }

    @Test
    void takeWhenTypesAreBlockedDoesNotLoadThem() throws Exception {
        site.page(
                "/i.svg",
                200,
                Map.of("Content-Type", "image/svg+xml"),
                "<svg xmlns='http://www.w3.org/2000/svg'/>");
        site.page("/s.js", 200, Map.of("Content-Type", "text/javascript"), "1");
        site.page("/c.css", 200, Map.of("Content-Type", "text/css"), "body{background:red}");
        String url =
                site.page(
                        "/blocked",
                        "<link rel=stylesheet href=/c.css><style>@font-face{font-family:f;src:url(/f.woff2)}p{font-family:f}</style>"
                                + "<p>x<img src=/i.svg><script src=/s.js></script><video"
                                + " src=/v.mp4></video><script>fetch('/x');new"
                                + " XMLHttpRequest().open('GET','/y');new WebSocket('ws://'+location.host+'/w')</script>");
        site.forget();
        shoot(url, o -> with(o, () -> o.waitUntil = ShotOptions.WaitUntil.IDLE));
        assertThat(site.requests())
                .contains(
                        "GET /i.svg",
                        "GET /s.js",
                        "GET /c.css",
                        "GET /f.woff2",
                        "GET /v.mp4",
                        "GET /x",
                        "GET /w");
        site.forget();

        TestBrowser.Shot shot =
                shoot(
                        url,
                        o ->
                                with(
                                        o,
                                        () -> {
                                            o.block = Set.of(ResourceType.values());
                                            o.waitUntil = ShotOptions.WaitUntil.IDLE;
                                        }));

        assertThat(site.requests()).containsOnly("GET /blocked");
        assertThat(picture(shot.image()).at(0, 239)).isEqualTo(WHITE);
        assertThat(shot.taken().blocked())
                .contains(new ShotOutcome.Blocked(site.url("/i.svg"), "type"));
    }

    @Test
    void takeWhenScrollIsGivenLoadsLazyImages() throws Exception {
        site.page(
                "/lazy.svg",
                200,
                Map.of("Content-Type", "image/svg+xml"),
                "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='100'><rect width='320'"
                        + " height='100' fill='lime'/></svg>");
        String url =
                site.page(
                        "/lazy",
                        "<body style='background:red'><div style='height:9000px'></div><img"
                                + " loading=lazy src=/lazy.svg width=320 height=100"
                                + " style='display:block'>");

        Picture picture =
                picture(
                        shoot(
                                        url,
                                        o ->
                                                with(
                                                        o,
                                                        () -> {
                                                            o.scroll = true;
                                                            o.fullPage = true;
                                                        }))
                                .image());

        assertThat(picture.height()).isEqualTo(9100);
        assertThat(picture.at(0, 9050)).isEqualTo(GREEN);
    }

    @Test
    void takeWhenPageWritesToConsoleReportsIt() throws Exception {
        String url =
                site.page(
                        "/console",
                        "<script>console.log('a',1,{b:2});console.error('bad');throw new"
                                + " Error('thrown')</script>");

        List<String> console = shoot(url, o -> o).taken().console();

        assertThat(console).hasSize(3);
        assertThat(console.get(0)).isEqualTo("log: a 1 Object");
        assertThat(console.get(1)).isEqualTo("error: bad");
        assertThat(console.get(2)).startsWith("exception: Error: thrown");
    }

    @Test
    void takeWhenServerRedirectsReportsLastAddress() throws Exception {
        String last = site.page("/last", 404, Map.of("Content-Type", "text/html"), "not here");
        String url = site.page("/first", 302, Map.of("Location", "/last"), "");

        ShotOutcome.Taken taken = shoot(url, o -> o).taken();

        assertThat(taken.finalUrl()).isEqualTo(last);
        assertThat(taken.status()).isEqualTo(404);
    }
}
