package dev.gatehouse.tools.frontdoor;

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
import org.springframework.util.unit.DataSize;

/** Each default, and each rule with its message. */
class FrontDoorPropertiesTests {

    @Test
    void propertiesWhenNotSetHaveTheirDefaults() {
        assertThat(bind(Map.of(), "gatehouse.front-door", FrontDoorProperties.class))
                .isEqualTo(
                        new FrontDoorProperties(
                                true,
                                10,
                                4,
                                60,
                                4,
                                20,
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(15),
                                DataSize.ofMegabytes(50),
                                Map.of(),
                                "gatehouse-front-door/1 (a check that a visitor asked for)"));
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
        "plans.pro.per-caller, 0, is not a positive number",
        "plans.pro.queued, -1, is not a positive number",
        "user-agent, é, is not a line of visible ASCII"
    })
    void toolWhenAValueIsWrongNamesIt(String name, String value, String problem) {
        assertRefused("gatehouse.front-door", name, value, problem, FrontDoorProperties.class);
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
