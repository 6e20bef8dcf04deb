package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                                null));
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
                                        null))
                .hasMessage("gatehouse.site.watch-interval = 'PT0S' is not a positive duration.");
    }

    private static SiteProperties withMemory(DataSize memory) {
        return new SiteProperties(
                "classpath:/site/", DataSize.ofMegabytes(1), memory, Duration.ofMillis(500), null);
    }

    private static SiteProperties withRoot(String root) {
        return new SiteProperties(
                root, DataSize.ofMegabytes(1), null, Duration.ofMillis(500), null);
    }
}
