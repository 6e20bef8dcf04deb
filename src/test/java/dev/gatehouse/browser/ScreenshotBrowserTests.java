package dev.gatehouse.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.PublicAddressScreenshots;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestSite;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;

/** Screenshots as people use them, without script, in light and dark. */
class ScreenshotBrowserTests {

    private static RunningGatehouse gatehouse;
    private static RealBrowser browser;
    private static TestSite site;
    private static String result;

    @BeforeAll
    static void start() {
        browser = RealBrowser.start();
        site = TestSite.plain("127.0.0.1");
        site.page("/", "<title>Shown</title><body style='background:#aef'>shown<img src=/none>");
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {OwnSite.class},
                        "gatehouse.screenshot.sandbox=false", // Chromium refuses it to root
                        "gatehouse.screenshot.per-caller=50",
                        "gatehouse.screenshot.per-target=50",
                        "gatehouse.outbound.allowed-networks=127.0.0.1/32",
                        "gatehouse.outbound.allowed-ports=" + site.port());
        result = submitWithoutScript();
    }

    @AfterAll
    static void stop() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        if (site != null) {
            site.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    /** What a scheduled screenshot would show. */
    static class OwnSite {

        @Bean
        PublicAddressScreenshots ownSiteScreenshots() {
            return new PublicAddressScreenshots() {
                @Override
                public List<Screenshot> screenshots() {
                    return List.of(screenshot("b", 0.25), screenshot("a", null));
                }

                @Override
                public Optional<byte[]> image(String id, String view, boolean difference) {
                    return Optional.of(png());
                }
            };
        }

        private static PublicAddressScreenshots.Screenshot screenshot(
                String id, @Nullable Double changed) {
            return new PublicAddressScreenshots.Screenshot(
                    id,
                    Instant.EPOCH,
                    List.of(
                            new PublicAddressScreenshots.View(
                                    "desktop", 1280, 800, changed, changed != null),
                            new PublicAddressScreenshots.View("phone", 390, 844, changed, false)));
        }

        private static byte[] png() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ImageIO.write(new BufferedImage(64, 40, BufferedImage.TYPE_3BYTE_BGR), "png", out);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            return out.toByteArray();
        }
    }

    private static String url(String path) {
        return "https://localhost:%d%s".formatted(gatehouse.port(ConnectorName.HTTPS), path);
    }

    private static Browser.NewContextOptions options(ColorScheme scheme, int width) {
        return new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setColorScheme(scheme)
                .setViewportSize(width, 900);
    }

    /** The address of the result. */
    private static String submitWithoutScript() {
        try (BrowserContext context =
                browser.browser()
                        .newContext(options(ColorScheme.LIGHT, 900).setJavaScriptEnabled(false))) {
            context.setDefaultTimeout(60_000);
            Page page = context.newPage();
            page.navigate(url("/tools/screenshot"));
            page.getByLabel("Address of the page").fill("http://127.0.0.1:" + site.port() + "/");
            page.getByLabel("Views").selectOption("devices");
            page.locator("main form button").click();
            page.waitForSelector(".shots img");
            assertThat(page.locator("dl").textContent()).contains("Shown");
            return page.url();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 360", "DARK, 1440"})
    void pagesAreAccessibleAndFit(ColorScheme scheme, int width) {
        try (BrowserContext context = browser.browser().newContext(options(scheme, width))) {
            context.setDefaultTimeout(60_000);
            Page page = context.newPage();
            page.navigate(url("/tools/screenshot"));
            page.locator("form details summary").click();
            assertAccessible(page, width);

            page.navigate(result);
            assertThat(page.locator(".shots img").count()).isEqualTo(2);
            assertThat(page.locator(".shots figcaption").allTextContents())
                    .anyMatch(caption -> caption.contains("1280 × 800"))
                    .anyMatch(caption -> caption.contains("780 × 1688"));
            assertAccessible(page, width);

            page.navigate(url("/status"));
            assertThat(page.locator(".shots figcaption").allTextContents())
                    .containsExactly(
                            "desktop: 25.0 % changed",
                            "desktop: what has changed", "phone: 25.0 % changed");
            page.locator("#looks summary").click();
            assertThat(page.locator("#looks li").count()).isEqualTo(2);
            page.locator("#looks a").first().scrollIntoViewIfNeeded();
            assertAccessible(page, width);
        }
    }

    private static void assertAccessible(Page page, int width) {
        AxeResults axe = new AxeBuilder(page).analyze();
        assertThat(axe.getViolations()).as(() -> String.valueOf(axe.getViolations())).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
    }
}
