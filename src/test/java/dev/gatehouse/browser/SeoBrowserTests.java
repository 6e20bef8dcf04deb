package dev.gatehouse.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.tools.seo.AuditedSite;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SEO audit as people use it, without script, in light and dark. */
class SeoBrowserTests {

    private static final String FORM = "https://localhost:%d/tools/seo";

    private static RunningGatehouse gatehouse;
    private static RealBrowser browser;

    @BeforeAll
    static void start() {
        browser = RealBrowser.start();
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {AuditedSite.class},
                        "gatehouse.seo.per-caller=50",
                        "gatehouse.seo.per-target=50");
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

    @ParameterizedTest
    @CsvSource({"page, LIGHT, 360", "page, DARK, 1440", "site, DARK, 360", "site, LIGHT, 1440"})
    void auditWithoutScriptIsShownAccessibly(String scope, ColorScheme scheme, int width) {
        String result = submitWithoutScript(scope);
        try (BrowserContext context = browser.browser().newContext(options(scheme, width))) {
            context.setDefaultTimeout(60_000);
            Page page = context.newPage();
            page.navigate(FORM.formatted(gatehouse.port(ConnectorName.HTTPS)));
            assertAccessible(page, width);
            page.navigate(result);

            assertThat(page.locator(".ring text").first().textContent()).matches("[0-9]{2}");
            assertThat(page.locator(".preview-title").allTextContents())
                    .containsExactly("The shop for tests", "Card of the shop");
            assertThat(page.locator("table tbody tr").count()).isEqualTo(16);
            assertThat(page.locator("svg.depths text").allTextContents())
                    .isEqualTo(
                            scope.equals("site")
                                    ? List.of("0 links", "1", "1 link", "2", "2 links", "2")
                                    : List.of());
            page.locator("details").first().locator("summary").first().click();
            assertAccessible(page, width);
        }
    }

    private static Browser.NewContextOptions options(ColorScheme scheme, int width) {
        return new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setColorScheme(scheme)
                .setViewportSize(width, 900);
    }

    /** The address of the result. */
    private static String submitWithoutScript(String scope) {
        try (BrowserContext context =
                browser.browser()
                        .newContext(options(ColorScheme.LIGHT, 900).setJavaScriptEnabled(false))) {
            context.setDefaultTimeout(60_000);
            Page page = context.newPage();
            page.navigate(FORM.formatted(gatehouse.port(ConnectorName.HTTPS)));
            page.getByLabel("Address of the page").fill("https://shop.test/");
            page.getByLabel("What to audit").selectOption(scope);
            page.locator("main form button").click();
            page.waitForSelector(".ring");
            page.locator("details").first().locator("summary").first().click();
            assertThat(page.locator("details[open] code").first().isVisible()).isTrue();
            return page.url();
        }
    }

    private static void assertAccessible(Page page, int width) {
        AxeResults axe = new AxeBuilder(page).analyze();
        assertThat(axe.getViolations()).as(() -> String.valueOf(axe.getViolations())).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
    }
}
