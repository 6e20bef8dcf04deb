package dev.gatehouse.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's own Chromium. Nothing is downloaded, and it speaks to loopback alone: every other
 * name leads nowhere.
 */
record RealBrowser(Playwright playwright, Browser browser) implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** Where Chromium is missing the tests are skipped, but fail in CI. */
    static RealBrowser start() {
        boolean there = Files.isExecutable(CHROMIUM);
        if (!there && System.getenv("CI") != null) {
            throw new AssertionError(CHROMIUM + " is missing");
        }
        Assumptions.assumeTrue(there, CHROMIUM + " is missing");
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new RealBrowser(
                playwright,
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync",
                                                        "--no-first-run",
                                                        "--host-resolver-rules=MAP * ~NOTFOUND,"
                                                                + " EXCLUDE localhost,"
                                                                + " EXCLUDE 127.0.0.1"))));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
