package dev.gatehouse.reload;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Reloading the configuration.
 *
 * @param interval time between two looks at the configuration files, which are reloaded when they
 *     have changed; none by default, so that only SIGHUP and the actuator reload them
 */
@ConfigurationProperties("gatehouse.reload")
record ReloadProperties(@Nullable Duration interval) {

    ReloadProperties {
        if (interval != null && interval.compareTo(Duration.ofMillis(100)) < 0) {
            throw new InvalidPropertyException(
                    "gatehouse.reload.interval",
                    interval,
                    "is less than 100ms",
                    "Set it to a duration such as 10s, or leave it out.");
        }
    }
}
