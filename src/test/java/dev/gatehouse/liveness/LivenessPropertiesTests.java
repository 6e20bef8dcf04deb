package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LivenessPropertiesTests {

    @Test
    void watchesByTheFiguresThatAreDocumentedWhenNothingIsSet() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new LivenessProperties(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30),
                                true,
                                Duration.ofMinutes(5),
                                3,
                                Duration.ofSeconds(5),
                                null));
    }

    @Test
    void takesReadinessOfTheBusyOnlyWhenSet() {
        assertThat(bind(Map.of("gatehouse.liveness.busy-unready-after", "2m")).busyUnreadyAfter())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "probe-interval",
                "probe-timeout",
                "slow-probe",
                "soft-dead-after",
                "descriptor-grace",
                "late-after",
                "oldest-verdict",
                "restart-pause",
                "alive-after-restart",
                "busy-unready-after"
            })
    void stopsStartWhenDurationIsNotPositive(String property) {
        String name = "gatehouse.liveness." + property;

        assertThatThrownBy(() -> bind(Map.of(name, "0s")))
                .hasRootCauseInstanceOf(InvalidPropertyException.class)
                .hasRootCauseMessage(name + " = 'PT0S' is not a positive duration.");
    }

    @Test
    void stopsStartWhenNoRestartIsAllowed() {
        assertThatThrownBy(() -> bind(Map.of("gatehouse.liveness.restarts-per-hour", "0")))
                .hasRootCauseMessage(
                        "gatehouse.liveness.restarts-per-hour = '0' is not at least 1.");
    }

    @Test
    void stopsStartWhenVerdictsAgeFasterThanProbes() {
        assertThatThrownBy(() -> bind(Map.of("gatehouse.liveness.probe-interval", "16s")))
                .hasRootCauseMessage(
                        "gatehouse.liveness.oldest-verdict = 'PT30S' is less than two probe intervals"
                                + " (probe-interval is PT16S).");
    }

    private static LivenessProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gatehouse.liveness", LivenessProperties.class);
    }
}
