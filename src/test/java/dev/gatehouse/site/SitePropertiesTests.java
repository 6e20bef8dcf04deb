package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SitePropertiesTests {

    @TempDir private Path folder;

    @Test
    void propertiesWhenNothingIsConfiguredHaveTheirDefaults() {
        SiteProperties defaults =
                new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("gatehouse.site", SiteProperties.class);

        assertThat(defaults)
                .isEqualTo(
                        new SiteProperties(
                                "classpath:/site/",
                                DataSize.ofMegabytes(1),
                                null,
                                Duration.ofMillis(500),
                                null,
                                false,
                                null,
                                List.of(),
                                List.of()));
    }

    @Test
    void memoryIsASeventhOfASmallHeapAnd64MegabytesOfALargeOne() {
        assertThat(SiteProperties.bytesInMemory(70 << 20)).isEqualTo(10 << 20);
        assertThat(SiteProperties.bytesInMemory(8L << 30)).isEqualTo(64 << 20);
    }

    @Test
    void memoryWhenGivenIsThat() {
        assertThat(withMemory(DataSize.ofMegabytes(3)).bytesInMemory()).isEqualTo(3 << 20);
    }

    @Test
    void memoryWhenMoreThanAFifthOfTheHeapIsRejected() {
        long heap = Runtime.getRuntime().maxMemory();

        assertThatThrownBy(() -> withMemory(DataSize.ofBytes(heap / 4)))
                .hasMessage(
                        "gatehouse.site.max-in-memory = '%dB' is more than a fifth of the heap, which is %dMB.",
                        heap / 4, heap >> 20);
    }

    @Test
    void rootWhenWithoutItsSlashGetsOne() {
        assertThat(withRoot("file:" + folder).root()).isEqualTo("file:" + folder + "/");
    }

    @Test
    void rootWhenAUrlWithThreeSlashesIsTheSameFolder() {
        assertThat(withRoot("file://" + folder).root()).isEqualTo("file://" + folder + "/");
    }

    @Test
    void rootWhenAFileIsRejected() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> withRoot("file:" + file))
                .hasMessage("gatehouse.site.root = 'file:%1$s/' is not a folder: %1$s.", file);
    }

    @Test
    void rootWhenNotInTheApplicationIsRejected() {
        assertThatThrownBy(() -> withRoot("classpath:/nowhere/"))
                .hasMessage(
                        "gatehouse.site.root = 'classpath:/nowhere/' is not in the application.");
    }

    @Test
    void rootWhenNoLocationIsRejected() {
        assertThatThrownBy(() -> withRoot("/srv/site"))
                .hasMessage(
                        "gatehouse.site.root = '/srv/site/' is neither a file: nor a classpath: location.");
    }

    @Test
    void watchIntervalWhenNotPositiveIsRejected() {
        assertThatThrownBy(
                        () ->
                                new SiteProperties(
                                        "classpath:/site/",
                                        DataSize.ofMegabytes(1),
                                        null,
                                        Duration.ZERO,
                                        null,
                                        false,
                                        null,
                                        List.of(),
                                        List.of()))
                .hasMessage("gatehouse.site.watch-interval = 'PT0S' is not a positive duration.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fallback=index.html | gatehouse.site.fallback = 'index.html' does not begin with a slash.",
                "headers[0].path=assets,headers[0].set=A: b | gatehouse.site.headers[0].path = 'assets' does not begin with a slash.",
                "headers[0].path=/{a,headers[0].set=A: b | gatehouse.site.headers[0].path = '/{a' is no pattern",
                "headers[0].path=/,headers[0].set=ETag: x | gatehouse.site.headers[0].set = 'ETag' is a header that the server sets.",
                "headers[0].path=/,headers[0].set=X: caf\u00e9 | gatehouse.site.headers[0].set = 'X: caf\u00e9' is no header in ASCII.",
                "redirects[0].from=old,redirects[0].to=/ | gatehouse.site.redirects[0].from = 'old' is no path.",
                "redirects[0].from=/a*/b,redirects[0].to=/ | gatehouse.site.redirects[0].from = '/a*/b' is no path.",
                "redirects[0].from=/a*,redirects[0].to=/ | gatehouse.site.redirects[0].from = '/a*' has a star that follows no slash.",
                "redirects[0].from=/a,redirects[0].to=//evil.example/ | gatehouse.site.redirects[0].to = '//evil.example/' is neither",
                "redirects[0].from=/100%,redirects[0].to=/ | gatehouse.site.redirects[0].from = '/100%' has a percent sign that encodes nothing: write %25 for it.",
                "redirects[0].from=/a?b,redirects[0].to=/ | gatehouse.site.redirects[0].from = '/a?b' has a query or a fragment",
                "redirects[0].from=/a,redirects[0].to=https://caf\u00e9.example/ | gatehouse.site.redirects[0].to = 'https://caf\u00e9.example/' is neither",
                "redirects[0].from=/a,redirects[0].to=javascript:x | gatehouse.site.redirects[0].to = 'javascript:x' is neither",
                "redirects[0].from=/a/*,redirects[0].to=https://a:splat/ | gatehouse.site.redirects[0].to = 'https://a:splat/' is neither",
                "redirects[0].from=/a,redirects[0].to=/:splat | gatehouse.site.redirects[0].to = '/:splat' has a :splat, but /a has no star.",
                "redirects[0].from=/a,redirects[0].to=/b,redirects[0].status=200 | gatehouse.site.redirects[0].status = '200' is no redirect."
            })
    void rulesWhenTheyBreakARuleAreRejected(String properties, String message) {
        Map<String, String> values = new HashMap<>();
        for (String property : properties.split(",", -1)) {
            int equals = property.indexOf('=');
            values.put(
                    "gatehouse.site." + property.substring(0, equals),
                    property.substring(equals + 1));
        }

        assertThatThrownBy(
                        () ->
                                new Binder(new MapConfigurationPropertySource(values))
                                        .bind("gatehouse.site", SiteProperties.class))
                .rootCause()
                .hasMessageStartingWith(message);
    }

    private static SiteProperties withMemory(DataSize memory) {
        return new SiteProperties(
                "classpath:/site/",
                DataSize.ofMegabytes(1),
                memory,
                Duration.ofMillis(500),
                null,
                false,
                null,
                List.of(),
                List.of());
    }

    private static SiteProperties withRoot(String root) {
        return new SiteProperties(
                root,
                DataSize.ofMegabytes(1),
                null,
                Duration.ofMillis(500),
                null,
                false,
                null,
                List.of(),
                List.of());
    }
}
