package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reads the last verdict on a connector, and never waits. A verdict that has grown old is DOWN: the
 * watcher is watched too.
 */
class ConnectorHealthIndicator extends AbstractHealthIndicator {

    private static final Duration OLDEST_VERDICT = Duration.ofSeconds(30);

    private final ConnectorWatch watch;
    private final Clock clock;

    ConnectorHealthIndicator(ConnectorWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Verdict verdict = watch.verdict();
        boolean stale = verdict.at().plus(OLDEST_VERDICT).isBefore(clock.instant());
        if (stale || verdict.state() == State.DEAD) {
            builder.down();
        } else {
            builder.up();
        }
        builder.withDetail("verdict", verdict.state())
                .withDetail("reason", stale ? "no look since " + verdict.at() : verdict.reason());
        if (verdict.lastEvidence() != null) {
            builder.withDetail("lastEvidence", verdict.lastEvidence());
        }
    }
}
