package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccessLogPropertiesTests {

    @Test
    void haveDefaultsWhenNothingIsSet() {
        AccessLogProperties properties =
                new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("gatehouse.access-log", AccessLogProperties.class);

        assertThat(properties)
                .isEqualTo(
                        new AccessLogProperties(
                                true,
                                AccessLogFormat.JSON,
                                List.of("/ping", "/actuator/health/**", "/livez", "/readyz")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "", "/a/*", "/**/b", "/a?b", "/a/**/**"})
    void rejectWhenExcludedPathIsNone(String path) {
        assertThatThrownBy(
                        () ->
                                new AccessLogProperties(
                                        true, AccessLogFormat.JSON, List.of("/ping", path)))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage(
                        "gatehouse.access-log.exclude[1] = '"
                                + path
                                + "' is neither a path nor a path with all below it.");
    }
}
