package dev.gatehouse.tools.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Each default, and each rule with its message. */
class OutsidePropertiesTests {

    @Test
    void propertiesWhenNotSetHaveTheirDefaults() {
        assertThat(bind(Map.of(), "gatehouse.outside", OutsideProperties.class))
                .isEqualTo(
                        new OutsideProperties(null, Duration.ofMinutes(1), Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://example.test, is not the https:// address of a site",
        "url, example.test, is not the https:// address of a site",
        "url, https://user@example.test, is not the https:// address of a site",
        "url, https://, is not the https:// address of a site",
        "interval, 0s, is not a positive duration",
        "jitter, -1s, is negative"
    })
    void outsideWhenAValueIsWrongNamesIt(String name, String value, String problem) {
        assertRefused("gatehouse.outside", name, value, problem, OutsideProperties.class);
    }

    private static void assertRefused(
            String prefix, String name, String value, String problem, Class<?> type) {
        String property = prefix + "." + name;
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> bind(Map.of(property, value), prefix, type))
                .havingRootCause()
                .isInstanceOf(InvalidPropertyException.class)
                .withMessageStartingWith(property + " = '")
                .withMessageEndingWith("' " + problem + ".");
    }

    private static <T> T bind(Map<String, String> values, String prefix, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
