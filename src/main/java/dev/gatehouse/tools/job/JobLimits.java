package dev.gatehouse.tools.job;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the jobs of one tool, from its properties.
 *
 * @param perCaller jobs that one caller may submit in a minute
 * @param perTarget jobs with one target in a minute, by all callers
 * @param inTotal jobs in a minute, by all callers with all targets
 * @param atOnce jobs that run at the same time on an instance
 * @param queued jobs that wait; further ones are refused
 * @param deadline time limit of a job, from its start
 * @param kept time for which an ended job is kept
 * @param maxResultSize largest size of a result: rows, parts and events
 * @param plans other limits for the users of a gateway with that plan
 */
public record JobLimits(
        int perCaller,
        int perTarget,
        int inTotal,
        int atOnce,
        int queued,
        Duration deadline,
        Duration kept,
        DataSize maxResultSize,
        Map<String, Plan> plans) {

    /**
     * Limits of a gateway's plan; where null, as for everybody.
     *
     * @param perCaller jobs that one user with the plan may submit in a minute
     * @param queued jobs that wait when one of them is refused
     */
    public record Plan(@Nullable Integer perCaller, @Nullable Integer queued) {}

    public JobLimits {
        Map<String, Plan> byName = new TreeMap<>();
        plans.forEach((name, plan) -> byName.put(name.toLowerCase(Locale.ROOT), plan));
        plans = Map.copyOf(byName);
    }

    /**
     * Checks each value, as the properties of a tool do at the start.
     *
     * @param prefix such as {@code gatehouse.dead-links}
     */
    public JobLimits check(String prefix) {
        requirePositive(prefix + ".per-caller", perCaller);
        requirePositive(prefix + ".per-target", perTarget);
        requirePositive(prefix + ".in-total", inTotal);
        requirePositive(prefix + ".at-once", atOnce);
        requirePositive(prefix + ".queued", queued);
        requirePositive(prefix + ".deadline", deadline);
        requirePositive(prefix + ".kept", kept);
        if (maxResultSize.toBytes() <= 0) {
            throw new InvalidPropertyException(
                    prefix + ".max-result-size",
                    maxResultSize,
                    "is not a positive size",
                    "Set it to a size such as 50MB.");
        }
        plans.forEach(
                (name, plan) -> {
                    String property = prefix + ".plans." + name;
                    requirePositive(property + ".per-caller", plan.perCaller());
                    requirePositive(property + ".queued", plan.queued());
                });
        return this;
    }

    private static void requirePositive(String property, @Nullable Integer value) {
        if (value != null && value <= 0) {
            throw new InvalidPropertyException(
                    property, value, "is not a positive number", "Set it to 1 or more.");
        }
    }

    private static void requirePositive(String property, Duration value) {
        if (value.toMillis() <= 0) {
            throw new InvalidPropertyException(
                    property,
                    value,
                    "is not a positive duration",
                    "Set it to a duration such as 60s or 15m.");
        }
    }

    /** The limits of a plan, by its name as the gateway sent it; null for those of everybody. */
    public @Nullable Plan plan(@Nullable String name) {
        return name == null ? null : plans.get(name.toLowerCase(Locale.ROOT));
    }
}
