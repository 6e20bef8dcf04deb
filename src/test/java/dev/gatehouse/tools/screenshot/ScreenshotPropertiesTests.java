package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ScreenshotPropertiesTests {

    private static ScreenshotProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gatehouse.screenshot", ScreenshotProperties.class);
    }

    @Test
    void defaultsAreThese() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new ScreenshotProperties(
                                true,
                                10,
                                6,
                                60,
                                2,
                                20,
                                Duration.ofSeconds(90),
                                Duration.ofMinutes(15),
                                DataSize.ofMegabytes(50),
                                Map.of(),
                                "",
                                null,
                                "",
                                3128,
                                true,
                                DataSize.ofGigabytes(1),
                                DataSize.ofMegabytes(512),
                                100,
                                Duration.ofMinutes(5),
                                DataSize.ofMegabytes(100)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    per-caller | 0 | = '0' is not a positive number.
                    per-target | -1 | = '-1' is not a positive number.
                    in-total | 0 | = '0' is not a positive number.
                    at-once | 0 | = '0' is not a positive number.
                    queued | 0 | = '0' is not a positive number.
                    deadline | 0s | = 'PT0S' is not a positive duration.
                    kept | -1s | = 'PT-1S' is not a positive duration.
                    max-result-size | 0B | = '0B' is not a positive size.
                    remote-url | ftp://browser:21 | = 'ftp://browser:21' is not the address of a browser.
                    remote-url | http:browser | = 'http:browser' is not the address of a browser.
                    proxy-port | 0 | = '0' is not a port.
                    proxy-port | 65536 | = '65536' is not a port.
                    memory | 0B | = '0B' is not a positive size.
                    recycle-memory | -1B | = '-1B' is not a positive size.
                    pages-per-browser | 0 | = '0' is not a positive number.
                    idle | 0s | = 'PT0S' is not a positive duration.
                    page-size | 0B | = '0B' is not a positive size.
                    """)
    void badValueIsRejected(String name, String value, String problem) {
        assertThatThrownBy(() -> bind(Map.of("gatehouse.screenshot." + name, value)))
                .rootCause()
                .hasMessage("gatehouse.screenshot." + name + " " + problem);
    }
}
