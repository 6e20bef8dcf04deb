package dev.gatehouse.status;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The status page.
 *
 * @param lookInterval time between two looks at the verdicts, and so the delay of the page
 * @param watchers browsers that may watch the page at the same time; to more it is served without
 *     news
 */
@ConfigurationProperties("gatehouse.status")
record StatusProperties(
        @DefaultValue("1s") Duration lookInterval, @DefaultValue("200") int watchers) {

    StatusProperties {
        if (lookInterval.toMillis() <= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.status.look-interval",
                    lookInterval,
                    "is not a positive duration",
                    "Set it to a duration such as 1s.");
        }
        if (watchers < 0) {
            throw new InvalidPropertyException(
                    "gatehouse.status.watchers",
                    watchers,
                    "is negative",
                    "Set it to a number such as 200, or to 0 for a page without news.");
        }
    }
}
