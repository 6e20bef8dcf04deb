package dev.gatehouse.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.tools.frontdoor.OpenedFrontDoor;
import dev.gatehouse.tools.links.CheckedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages as people use them: with script and without, by keyboard, in light and dark. */
class BrowserTests {

    private static final String TOOL = "/tools/front-door";
    private static final int LARGEST_PAGE = 50_000;

    private static RunningGatehouse gatehouse;
    private static RealBrowser browser;

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void start() {
        browser = RealBrowser.start();
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {OpenedFrontDoor.class, CheckedSite.class},
                        "gatehouse.front-door.per-target=50",
                        "gatehouse.front-door.per-caller=50",
                        "gatehouse.liveness.restart-connector=false", // a death stays to be seen
                        "gatehouse.status.look-interval=20s", // changes show without it,
                        "spring.security.user.name=operator",
                        "spring.security.user.password=for-this-test-alone");
    }

    @AfterAll
    static void stop() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void closeContexts() {
        contexts.forEach(BrowserContext::close);
    }

    @Test
    void visitorWhenOnAPlainLinkLandsOnHttps() {
        // A proxy's header makes the browser a visitor: it runs on this machine.
        Page page = page(options().setExtraHTTPHeaders(Map.of("Via", "1.1 test")));

        page.navigate("http://localhost:" + gatehouse.port(ConnectorName.HTTP) + "/status");

        assertThat(page.url()).isEqualTo(url("/status"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Status");
    }

    @Test
    void checkWhenScriptIsThereArrivesByItself() {
        Page page = page(options());
        page.navigate(url(TOOL));
        page.getByLabel("Host or address").fill("site.test");
        page.locator("button").click();

        page.waitForSelector(".grade strong");

        assertThat(page.locator(".grade strong").textContent()).isEqualTo("A+");
        assertThat(page.locator("#summary").textContent()).isEqualTo("Everything was checked.");
        assertThat(page.locator("#s1 .verdict").textContent()).isEqualTo("Passed");
        page.locator("#s1").click();
        assertThat(page.locator("#f1 pre").first().textContent()).startsWith("GET / HTTP/1.1");
        assertThat(complaints).isEmpty();
    }

    @Test
    void checkWhenThereIsNoScriptArrivesToo() {
        Page page = page(options().setJavaScriptEnabled(false));
        page.navigate(url(TOOL));
        page.getByLabel("Host or address").fill("https://site.test/");
        page.locator("button").click();

        page.waitForSelector(".grade strong");

        assertThat(page.locator(".grade strong").textContent()).isEqualTo("A+");
    }

    @Test
    void checkWhenTheHostIsRefusedSaysWhy() {
        Page page = page(options());
        page.navigate(url(TOOL));
        page.getByLabel("Host or address").fill("http://127.1/<b>");
        page.locator("button").click();

        assertThat(page.getByRole(AriaRole.ALERT).textContent()).startsWith("The host is neither");
        assertThat(page.locator("main b").count()).isZero();
        assertThat(page.locator("#host").inputValue()).isEqualTo("http://127.1/<b>");
    }

    @Test
    void linksWhenCheckedArriveAndAreFilteredAndAccessibleInEachScheme() {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = page(options().setColorScheme(scheme).setViewportSize(360, 900));
            page.navigate(url("/tools/dead-links"));
            assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            page.getByLabel("Address of the first page").fill(CheckedSite.HOST);
            page.locator("main button").click();
            page.waitForSelector("svg.link-bars");

            assertThat(page.locator("#summary").textContent()).isEqualTo("All links were checked.");
            page.locator("#l1 summary").click();
            assertThat(new AxeBuilder(page).analyze().getViolations()).as(scheme.name()).isEmpty();
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            page.setViewportSize(900, 800);
            page.evaluate("scrollTo(0, 0)");
            shoot(page, "dead-links", scheme);
            page.locator("#filter-verdict").selectOption("bad-fragment");
            page.locator(".filters button").click();
            assertThat(page.locator("details .title").first().textContent())
                    .isEqualTo("https://links.test/good#nowhere");
            page.locator("a[href*='group=page']").click();
            assertThat(page.locator("h3").textContent()).isEqualTo("https://links.test/");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void statusWhenAConnectorDiesSaysSoByItself() throws LifecycleException {
        Page page = page(options());
        page.navigate(url("/status"));
        page.waitForSelector(".headline.alive");
        Connector connector = gatehouse.connectors().get(ConnectorName.HTTP).tomcat();

        connector.stop();
        try {
            page.waitForSelector(".headline.dead");
            assertThat(page.locator(".card.dead h2").textContent()).isEqualTo("Plain HTTP");
        } finally {
            connector.start();
        }

        page.waitForSelector(".headline.alive");
        assertThat(page.locator(".events li").first().textContent())
                .contains("Plain HTTP is alive");
    }

    @Test
    void statusWhenItChangesKeepsFocusSelectionAndLiveRegion() throws LifecycleException {
        Page page = page(options());
        page.navigate(url("/status"));
        page.waitForSelector(".headline.alive");
        page.evaluate(
                """
                () => {
                  // a link among many interruptions is hidden at first
                  document.querySelector('main a[href="/status/details"]').focus();
                  getSelection().selectAllChildren(document.querySelector('h1'));
                  window.region = document.getElementById('said');
                  window.certificate = document.querySelector('main > p strong');
                  window.newest = document.querySelector('.events li');
                }
                """);

        killPlainHttpOnce(page);

        assertThat(page.evaluate("document.activeElement.getAttribute('href')"))
                .isEqualTo("/status/details");
        assertThat(page.evaluate("getSelection().toString()")).isEqualTo("Status");
        assertThat(page.evaluate("region === document.getElementById('said')")).isEqualTo(true);
        assertThat(page.evaluate("certificate.isConnected && newest.isConnected")).isEqualTo(true);
    }

    @Test
    void statusWhenADeathHasTheFocusTellsItsTime() throws LifecycleException {
        Page page = page(options().setTimezoneId("Asia/Tokyo").setViewportSize(360, 900));
        page.navigate(url("/status"));
        killPlainHttpOnce(page);

        page.locator("#http .timeline rect.dead[tabindex]").last().focus();

        assertThat(page.locator("#http .told").textContent())
                .matches("dead \\d\\d:\\d\\d:\\d\\d to \\d\\d:\\d\\d:\\d\\d UTC, \\d+ s");
        assertThat(page.locator("#http .available").textContent())
                .matches("\\d+(\\.\\d+)? % available");
        assertThat(page.locator(".events .local").first().textContent()).endsWith(" local)");
        assertThat(
                        (Double)
                                page.evaluate(
                                        "Math.min(...[...document.querySelectorAll('.card *')]"
                                                + ".map(e => parseFloat(getComputedStyle(e).fontSize)))"))
                .isGreaterThanOrEqualTo(11);
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    @Test
    void statusWhenThereIsNoScriptIsWhole() {
        Page page = page(options().setJavaScriptEnabled(false));
        page.navigate(url("/status"));

        assertThat(page.locator(".card h2").allTextContents())
                .containsExactly("Plain HTTP", "HTTPS", "From outside");
        assertThat(page.locator("svg.timeline").count()).isEqualTo(3);
        assertThat(
                        page.evaluate(
                                "new Set([...document.querySelectorAll('#http .axis span')]"
                                        + ".map(e => e.getBoundingClientRect().top)).size"))
                .as("rows of the axis")
                .isEqualTo(1);
        assertThat(page.locator(".events li").count()).isGreaterThanOrEqualTo(2);
        assertThat(page.locator("main").textContent()).contains("364 days left");
    }

    @Test
    void detailsWhenSignedInShowTheNumbersOfEachConnector() {
        Page page =
                page(
                        options()
                                .setHttpCredentials("operator", "for-this-test-alone")
                                .setViewportSize(360, 900));
        page.navigate(url("/status/details"));

        assertThat(page.locator(".card").first().locator("dt").allTextContents())
                .containsExactly("open connections", "requests", "scans", "restarts");
        assertThat(page.locator("table.decisions").count()).isOne();
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
    }

    /** Nothing but keys, from the home page to a finding's evidence. */
    @Test
    void toolWhenUsedByKeyboardAloneWorks() {
        Page page = page(options());
        page.navigate(url("/"));
        page.keyboard().press("Tab"); // the way past the navigation
        assertThat(focused(page)).isEqualTo("To the content");
        tabTo(page, "nav a[href='/tools']");
        page.keyboard().press("Enter");
        page.waitForURL(url("/tools"));
        tabTo(page, "a[href='/tools/front-door']");
        page.keyboard().press("Enter");
        page.waitForURL(url(TOOL));
        tabTo(page, "#host");
        page.keyboard().type("site.test");
        page.keyboard().press("Enter");
        page.waitForSelector(".grade strong");
        tabTo(page, "#s1");
        page.keyboard().press("Enter");

        assertThat(page.locator("#f1").getAttribute("open")).isNotNull();
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.textContent");
    }

    private static void tabTo(Page page, String selector) {
        for (int tabs = 0; tabs < 60; tabs++) {
            if ((boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("No key leads to " + selector);
    }

    static Stream<Arguments> looks() {
        return Stream.of(
                        "/",
                        "/status",
                        "/tools",
                        "/tools/dead-links",
                        TOOL,
                        TOOL + "/api",
                        "/no-such-page")
                .flatMap(
                        path ->
                                Stream.of(
                                        Arguments.of(path, ColorScheme.LIGHT, 360),
                                        Arguments.of(path, ColorScheme.LIGHT, 1440),
                                        Arguments.of(path, ColorScheme.DARK, 360),
                                        Arguments.of(path, ColorScheme.DARK, 1440)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void pageWhenInEachLookIsAccessibleAndFits(String path, ColorScheme scheme, int width) {
        Page page = page(options().setColorScheme(scheme).setViewportSize(width, 900));
        List<Response> responses = new ArrayList<>();
        page.onResponse(responses::add);
        page.navigate(url(path));
        page.waitForSelector("h1");

        AxeResults axe = new AxeBuilder(page).analyze();

        assertThat(axe.getViolations()).as(() -> String.valueOf(axe.getViolations())).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        assertThat(size(responses)).isBetween(300, LARGEST_PAGE);
        assertThat(complaints).allMatch(complaint -> complaint.contains("404"));
    }

    @Test
    void resultWhenInEachSchemeIsAccessible() {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = page(options().setColorScheme(scheme).setViewportSize(360, 900));
            page.navigate(url(TOOL));
            page.locator("#host").fill("site.test");
            page.locator("button").click();
            page.waitForSelector(".grade strong");
            page.locator("#s1").click();

            assertThat(new AxeBuilder(page).analyze().getViolations()).as(scheme.name()).isEmpty();
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            shootInEachWidth(page, "front-door", scheme);
        }
    }

    @Test
    void pagesWhenShownAreAsTheDocumentationHasThem() throws LifecycleException {
        Page watcher = page(options());
        watcher.navigate(url("/status"));
        killPlainHttpOnce(watcher);
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Page page = page(options().setColorScheme(scheme).setViewportSize(900, 800));
            page.navigate(url("/"));
            assertThat(page.locator("img").evaluate("image => image.naturalWidth")).isEqualTo(320);
            shoot(page, "home", scheme);
            page.navigate(url("/status"));
            page.waitForSelector(".headline.alive");
            shootInEachWidth(page, "status", scheme);
        }
    }

    /** Stops the connector until the page shows that it is dead, and starts it again. */
    private static void killPlainHttpOnce(Page status) throws LifecycleException {
        status.waitForSelector(".headline.alive");
        Connector connector = gatehouse.connectors().get(ConnectorName.HTTP).tomcat();
        connector.stop();
        try {
            status.waitForSelector(".headline.dead");
        } finally {
            connector.start();
        }
        status.waitForSelector(".headline.alive");
    }

    private static void shootInEachWidth(Page page, String name, ColorScheme scheme) {
        for (int width : new int[] {360, 1440}) {
            page.setViewportSize(width, 900);
            page.evaluate("scrollTo(0, 0)");
            shoot(page, name + "-" + width, scheme);
        }
    }

    /** Into docs/images, when -Dgatehouse-test.screenshots asks for it. */
    private static void shoot(Page page, String name, ColorScheme scheme) {
        String folder = System.getProperty("gatehouse-test.screenshots", "target/screenshots");
        String file = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
        byte[] png =
                page.screenshot(
                        new Page.ScreenshotOptions()
                                .setType(ScreenshotType.PNG)
                                .setPath(Path.of(folder, file)));
        assertThat(png).hasSizeLessThan(200_000);
    }

    private static int size(List<Response> responses) {
        return responses.stream()
                .filter(r -> !r.url().endsWith("/events"))
                .mapToInt(r -> r.body().length)
                .sum();
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions().setIgnoreHTTPSErrors(true);
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = browser.browser().newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(60_000);
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        complaints.add(message.text());
                    }
                });
        return page;
    }

    private static String url(String path) {
        return "https://localhost:" + gatehouse.port(ConnectorName.HTTPS) + path;
    }
}
