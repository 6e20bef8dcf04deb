package dev.gatehouse.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits the restarts of a connector, after which it is left for the orchestrator: a restart that
 * helps only for minutes does not help.
 */
class RestartBudget {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Duration pause;
    private final int maxPerHour;
    private final List<Instant> spent = new ArrayList<>();

    RestartBudget(Duration pause, int maxPerHour) {
        this.pause = pause;
        this.maxPerHour = maxPerHour;
    }

    /** Takes one restart from the budget, or returns false if there is none left. */
    boolean take(Instant now) {
        spent.removeIf(restart -> !restart.plus(HOUR).isAfter(now));
        boolean tooSoon = spent.stream().anyMatch(restart -> restart.plus(pause).isAfter(now));
        if (tooSoon || spent.size() >= maxPerHour) {
            return false;
        }
        spent.add(now);
        return true;
    }
}
