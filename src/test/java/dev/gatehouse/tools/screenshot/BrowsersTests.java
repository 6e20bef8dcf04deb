package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class BrowsersTests {

    private static Browsers browsers(Map<String, String> properties, String path) {
        return new Browsers(
                new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("gatehouse.screenshot", ScreenshotProperties.class),
                () -> {
                    throw new AssertionError("not needed");
                },
                path);
    }

    @Test
    void problemWhenNoBrowserIsInstalledNamesTheRemedy() {
        Browsers browsers = browsers(Map.of(), "/nonexistent:/nowhere");

        Browsers.Problem problem = browsers.problem().orElseThrow();

        assertThat(problem.text()).isEqualTo("There is no browser on this server.");
        assertThat(problem.remedy()).contains("gatehouse.screenshot.remote-url");
    }

    @Test
    void problemWhenConfiguredBrowserIsMissingSaysSo() {
        Browsers browsers =
                browsers(Map.of("gatehouse.screenshot.browser", "/nonexistent/chromium"), "");

        assertThat(browsers.problem()).isPresent();
    }

    @Test
    void healthWhenNoBrowserIsInstalledIsUnknown() {
        Health health = new ScreenshotHealthIndicator(browsers(Map.of(), "/nonexistent")).health();

        assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
        assertThat(health.getDetails()).containsKeys("problem", "remedy");
    }

    @Test
    void findWhenSeveralAreInstalledTakesTheHeadlessShell(@TempDir Path directory)
            throws Exception {
        for (String name : new String[] {"chromium", "chromium-headless-shell"}) {
            Files.createFile(directory.resolve(name)).toFile().setExecutable(true);
        }

        assertThat(browsers(Map.of(), "/nonexistent:" + directory).browser())
                .contains(directory.resolve("chromium-headless-shell").toString());
    }

    @Test
    void useWhenBrowserDoesNotStartIsAProblem(@TempDir Path directory) throws Exception {
        Path broken =
                Files.writeString(
                        directory.resolve("chromium"),
                        "#!/bin/sh\necho 'No usable sandbox!' >&2\n");
        broken.toFile().setExecutable(true);
        try (Browsers browsers =
                new Browsers(
                        new Binder(
                                        new MapConfigurationPropertySource(
                                                Map.of(
                                                        "gatehouse.screenshot.browser",
                                                        broken.toString())))
                                .bindOrCreate("gatehouse.screenshot", ScreenshotProperties.class),
                        () -> LoopbackOutboundClient.to(Map.of(), Map.of(), List.of()),
                        "")) {
            assertThatThrownBy(
                            () ->
                                    browsers.use(
                                            Duration.ofMinutes(1), Duration.ofMinutes(1), _ -> ""))
                    .isInstanceOf(BrowserUnavailableException.class)
                    .hasMessageContaining("does not start with its sandbox");
            assertThat(browsers.problem().orElseThrow().remedy()).contains("other than root");
        }
    }
}
