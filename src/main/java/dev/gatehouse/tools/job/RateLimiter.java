package dev.gatehouse.tools.job;

import java.time.Duration;
import java.util.List;

/** Counts how often something is done in a minute, for all instances that share the store. */
public interface RateLimiter {

    /**
     * One limit.
     *
     * @param name such as {@code caller}
     * @param key whom it counts for, unique among all limits
     */
    record Limit(String name, String key, int perMinute) {}

    /**
     * What is left of a limit.
     *
     * @param refill time until there is one more, where none is left
     */
    record Level(Limit limit, long remaining, Duration refill) {}

    /** What is left of each limit that was asked, the one that refuses last. */
    record Decision(List<Level> levels, boolean isAllowed) {}

    /** Takes one from each limit in their order, until one refuses. */
    Decision take(List<Limit> limits);
}
