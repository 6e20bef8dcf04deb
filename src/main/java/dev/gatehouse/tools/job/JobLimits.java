package dev.gatehouse.tools.job;

import dev.gatehouse.config.PropertyChecks;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Limits of the jobs of one tool: its properties. */
public interface JobLimits {

    /** Jobs that one caller may submit in a minute. */
    int perCaller();

    /** Jobs with one target in a minute, by all callers. */
    int perTarget();

    /** Jobs in a minute, by all callers with all targets. */
    int inTotal();

    /** Jobs that run at the same time on an instance. */
    int atOnce();

    /** Jobs that wait; further ones are refused. */
    int queued();

    /** Time limit of a job, from its start. */
    Duration deadline();

    /** Time for which an ended job is kept. */
    Duration kept();

    /** Largest size of a result: rows, parts and events. */
    DataSize maxResultSize();

    /** Other limits for the users of a gateway with that plan, in any case. */
    Map<String, Plan> plans();

    /**
     * Limits of a gateway's plan; where null, as for everybody.
     *
     * @param perCaller jobs that one user with the plan may submit in a minute
     * @param queued jobs that wait when one of them is refused
     */
    record Plan(@Nullable Integer perCaller, @Nullable Integer queued) {}

    /** The limits of a plan, by its name as the gateway sent it; null for those of everybody. */
    default @Nullable Plan plan(@Nullable String name) {
        return plans().entrySet().stream()
                .filter(plan -> plan.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * Checks each value, as the properties of a tool do at the start.
     *
     * @param checks of the tool's prefix, such as {@code gatehouse.dead-links}
     */
    static PropertyChecks check(
            PropertyChecks checks,
            int perCaller,
            int perTarget,
            int inTotal,
            int atOnce,
            int queued,
            Duration deadline,
            Duration kept,
            DataSize maxResultSize,
            Map<String, Plan> plans) {
        plans.forEach(
                (name, plan) ->
                        checks.positive("plans." + name + ".per-caller", plan.perCaller())
                                .positive("plans." + name + ".queued", plan.queued()));
        return checks.positive("per-caller", perCaller)
                .positive("per-target", perTarget)
                .positive("in-total", inTotal)
                .positive("at-once", atOnce)
                .positive("queued", queued)
                .positive("deadline", deadline, "60s or 15m")
                .positive("kept", kept, "60s or 15m")
                .positive("max-result-size", maxResultSize, "50MB");
    }
}
