package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The front-door check, offered to visitors and to programs.
 *
 * @param perCaller checks that one caller may submit in a minute; an API gateway ten times as many
 * @param perTarget checks of one host in a minute, by all callers
 * @param inTotal checks in a minute, by all callers of all hosts
 * @param atOnce checks that run at the same time, at most two for each processor
 * @param queued checks that wait; further ones are refused with 429
 * @param deadline time limit of a check; what was found until then is shown
 * @param kept time for which a result is kept
 * @param userAgent User-Agent of the check's requests
 */
@ConfigurationProperties("gatehouse.front-door")
record FrontDoorProperties(
        @DefaultValue("10") int perCaller,
        @DefaultValue("4") int perTarget,
        @DefaultValue("60") int inTotal,
        @DefaultValue("4") int atOnce,
        @DefaultValue("20") int queued,
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("15m") Duration kept,
        @DefaultValue("gatehouse-front-door/1 (a check that a visitor asked for)")
                String userAgent) {

    FrontDoorProperties {
        requirePositive("per-caller", perCaller);
        requirePositive("per-target", perTarget);
        requirePositive("in-total", inTotal);
        requirePositive("at-once", atOnce);
        requirePositive("queued", queued);
        requirePositive("deadline", deadline);
        requirePositive("kept", kept);
        if (userAgent.isBlank() || !userAgent.matches("[\\x20-\\x7e]+")) {
            throw invalid(
                    "user-agent",
                    userAgent,
                    "is not a line of visible ASCII",
                    "Say who you are, with an address where you can be reached.");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw invalid(name, value, "is not a positive number", "Set it to 1 or more.");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() <= 0) {
            throw invalid(
                    name,
                    value,
                    "is not a positive duration",
                    "Set it to a duration such as 60s or 15m.");
        }
    }

    private static InvalidPropertyException invalid(
            String name, Object value, String problem, String remedy) {
        return new InvalidPropertyException("gatehouse.front-door." + name, value, problem, remedy);
    }
}
