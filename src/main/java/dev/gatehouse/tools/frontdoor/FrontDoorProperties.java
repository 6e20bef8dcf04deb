package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tool that checks anybody's front door.
 *
 * @param perCaller checks that one caller may ask for in a minute; an API gateway ten times as many
 * @param perTarget checks of one host in a minute, whoever asks
 * @param inTotal checks in a minute, all together
 * @param atOnce checks that run at the same time, at most two for each processor
 * @param queued checks that wait for their turn; what comes on top is turned away
 * @param deadline time within which a check is over; what was found until then is shown
 * @param kept time for which a result can be looked at
 * @param userAgent who the check says it is, to the hosts that it visits
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
