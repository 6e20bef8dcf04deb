package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.TestProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class AccessLogPropertiesTests {

    private static AccessLogProperties bind(String... properties) {
        return TestProperties.bind(AccessLogProperties.class, "gatehouse.access-log", properties);
    }

    @Test
    void haveDefaultsWhenNothingIsSet() {
        assertThat(bind())
                .isEqualTo(
                        new AccessLogProperties(
                                true,
                                AccessLogFormat.JSON,
                                List.of("/ping", "/actuator/health/**", "/livez", "/readyz"),
                                null,
                                DataSize.ofMegabytes(100),
                                10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "", "/a/*", "/**/b", "/a?b", "/a/**/**"})
    void rejectWhenExcludedPathIsNone(String path) {
        assertThatThrownBy(
                        () ->
                                bind(
                                        "gatehouse.access-log.exclude[0]=/ping",
                                        "gatehouse.access-log.exclude[1]=" + path))
                .hasRootCauseMessage(
                        "gatehouse.access-log.exclude[1] = '"
                                + path
                                + "' is neither a path nor a path with all below it.");
    }

    @ParameterizedTest
    @CsvSource({
        "max-file-size, 1MB, 1048576B, is less than 2MB.",
        "max-files, 0, 0, is less than 1."
    })
    void rejectWhenTooLittleIsKept(String name, String value, String shown, String problem) {
        String property = "gatehouse.access-log." + name;

        assertThatThrownBy(() -> bind(property + "=" + value))
                .hasRootCauseMessage(property + " = '" + shown + "' " + problem);
    }
}
