package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.tools.job.JobLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The front-door check, offered to visitors and to programs.
 *
 * @param enabled whether it is offered, where the tools are
 * @param perCaller checks that one caller may submit in a minute; an API gateway that does not name
 *     its users ten times as many
 * @param perTarget checks of one host in a minute, by all callers
 * @param inTotal checks in a minute, by all callers of all hosts
 * @param atOnce checks that run at the same time, at most two for each processor
 * @param queued checks that wait; further ones are refused with 429
 * @param deadline time limit of a check; what was found until then is shown
 * @param kept time for which a result is kept
 * @param maxResultSize largest size of a result
 * @param plans limits for the users of an API gateway with that plan: {@code per-caller}, {@code
 *     queued}
 * @param userAgent User-Agent of the check's requests
 */
@ConfigurationProperties("gatehouse.front-door")
record FrontDoorProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10") int perCaller,
        @DefaultValue("4") int perTarget,
        @DefaultValue("60") int inTotal,
        @DefaultValue("4") int atOnce,
        @DefaultValue("20") int queued,
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("15m") Duration kept,
        @DefaultValue("50MB") DataSize maxResultSize,
        @DefaultValue Map<String, JobLimits.Plan> plans,
        @DefaultValue("gatehouse-front-door/1 (a check that a visitor asked for)") String userAgent)
        implements JobLimits {

    FrontDoorProperties {
        JobLimits.check(
                        new PropertyChecks("gatehouse.front-door"),
                        perCaller,
                        perTarget,
                        inTotal,
                        atOnce,
                        queued,
                        deadline,
                        kept,
                        maxResultSize,
                        plans)
                .require(
                        userAgent.matches("[\\x20-\\x7e]+") && !userAgent.isBlank(),
                        "user-agent",
                        userAgent,
                        "is not a line of visible ASCII",
                        "Say who you are, with an address where you can be reached.");
    }
}
