package dev.gatehouse.tools.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class DeadLinksPropertiesTests {

    @Test
    void propertiesWhenNoneIsSetHaveTheirDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new DeadLinksProperties(
                                true,
                                4,
                                4,
                                30,
                                2,
                                20,
                                Duration.ofMinutes(10),
                                Duration.ofHours(1),
                                DataSize.ofMegabytes(50),
                                Map.of(),
                                10_000,
                                50_000,
                                DataSize.ofGigabytes(2),
                                DataSize.ofMegabytes(2),
                                10,
                                Duration.ofSeconds(15)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "per-caller      | 0    | is not a positive number",
                "deadline        | 0s   | is not a positive duration",
                "max-pages       | 0    | is not a positive number",
                "max-links       | -1   | is not a positive number",
                "max-redirects   | 0    | is not a positive number",
                "max-bytes       | 0    | is not a positive size",
                "max-page-size   | 65MB | is not from 1B to 64MB",
                "request-timeout | 0s   | is not a positive duration"
            })
    void propertyWhenOutOfRangeIsRefused(String name, String value, String problem) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("gatehouse.dead-links." + name)
                .hasMessageContaining(problem);
    }

    private static DeadLinksProperties bind(Map<String, String> values) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put("gatehouse.dead-links." + name, value));
        return new Binder(source).bindOrCreate("gatehouse.dead-links", DeadLinksProperties.class);
    }
}
