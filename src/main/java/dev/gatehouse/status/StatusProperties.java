package dev.gatehouse.status;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The status page.
 *
 * @param enabled whether there is a status page; by default beside the built-in site only
 * @param isPublic whether everybody may see it, or else the monitoring user alone
 * @param lookInterval interval at which the history is recorded, less than 30 s
 * @param watchers maximum number of browsers that receive live updates; others get the page without
 *     them
 */
@ConfigurationProperties("gatehouse.status")
record StatusProperties(
        @Nullable Boolean enabled,
        @Name("public") @DefaultValue("true") boolean isPublic,
        @DefaultValue("1s") Duration lookInterval,
        @DefaultValue("200") int watchers) {

    StatusProperties {
        if (lookInterval.toMillis() <= 0
                || lookInterval.compareTo(StatusTimeline.LONGEST_PAUSE) >= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.status.look-interval",
                    lookInterval,
                    "is not a positive duration of less than 30 s",
                    "Set it to a duration such as 1s.");
        }
        if (watchers < 0) {
            throw new InvalidPropertyException(
                    "gatehouse.status.watchers",
                    watchers,
                    "is negative",
                    "Set it to a number such as 200, or to 0 for a page without live updates.");
        }
    }
}
