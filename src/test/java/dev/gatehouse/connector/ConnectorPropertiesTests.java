package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectorPropertiesTests {

    @Test
    void cutsOffAfterHalfAMinuteWhenNothingIsSet() {
        assertThat(bind(Map.of()))
                .isEqualTo(new ConnectorProperties(Duration.ofSeconds(30), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"header-timeout", "scan-report-interval"})
    void stopsStartWhenDurationIsNotPositive(String property) {
        String name = "gatehouse.connector." + property;

        assertThatThrownBy(() -> bind(Map.of(name, "-1s")))
                .hasRootCauseMessage(name + " = 'PT-1S' is not a positive duration.");
    }

    private static ConnectorProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gatehouse.connector", ConnectorProperties.class);
    }
}
