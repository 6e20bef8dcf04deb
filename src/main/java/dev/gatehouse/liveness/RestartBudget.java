package dev.gatehouse.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a connector may be restarted before it is left for the orchestrator: what a restart
 * mends for minutes only, it does not mend.
 */
class RestartBudget {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Duration pause;
    private final int mostAnHour;
    private final List<Instant> spent = new ArrayList<>();

    RestartBudget(Duration pause, int mostAnHour) {
        this.pause = pause;
        this.mostAnHour = mostAnHour;
    }

    /** Takes one restart out of the budget, if it allows one. */
    boolean take(Instant now) {
        spent.removeIf(restart -> !restart.plus(HOUR).isAfter(now));
        boolean tooSoon = spent.stream().anyMatch(restart -> restart.plus(pause).isAfter(now));
        if (tooSoon || spent.size() >= mostAnHour) {
            return false;
        }
        spent.add(now);
        return true;
    }
}
