package dev.gatehouse.liveness;

import dev.gatehouse.startup.InvalidPropertyException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How each connector is watched.
 *
 * @param probeInterval time between two probes of a connector
 * @param probeTimeout time within which a probe must be answered, connecting and handshake included
 */
@ConfigurationProperties("gatehouse.liveness")
record LivenessProperties(
        @DefaultValue("2s") Duration probeInterval, @DefaultValue("10s") Duration probeTimeout) {

    LivenessProperties {
        requirePositive("probe-interval", probeInterval);
        requirePositive("probe-timeout", probeTimeout);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() <= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.liveness." + name,
                    value,
                    "is not a positive duration",
                    "Set it to a duration such as 2s or 500ms.");
        }
    }
}
