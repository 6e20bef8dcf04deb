package dev.gatehouse.tools.seo;

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

class SeoPropertiesTests {

    private static SeoProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gatehouse.seo", SeoProperties.class);
    }

    @Test
    void defaultsAreThese() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new SeoProperties(
                                true,
                                4,
                                4,
                                30,
                                2,
                                20,
                                Duration.ofMinutes(5),
                                Duration.ofHours(1),
                                DataSize.ofMegabytes(50),
                                Map.of(),
                                1000,
                                DataSize.ofMegabytes(6),
                                DataSize.ofMegabytes(500),
                                Duration.ofSeconds(15)));
    }

    @ParameterizedTest
    @CsvSource({
        "per-caller, 0, is not a positive number",
        "per-target, -1, is not a positive number",
        "in-total, 0, is not a positive number",
        "at-once, 0, is not a positive number",
        "queued, 0, is not a positive number",
        "deadline, 0s, is not a positive duration",
        "kept, -1s, is not a positive duration",
        "max-result-size, 0B, is not a positive size",
        "max-pages, 0, is not a positive number",
        "max-page-size, 65MB, is not from 1B to 64MB",
        "max-bytes, 0B, is not a positive size",
        "request-timeout, 0s, is not a positive duration",
    })
    void badValueIsRejected(String name, String value, String problem) {
        assertThatThrownBy(() -> bind(Map.of("gatehouse.seo." + name, value)))
                .rootCause()
                .hasMessageContaining("gatehouse.seo." + name)
                .hasMessageContaining(problem);
    }
}
