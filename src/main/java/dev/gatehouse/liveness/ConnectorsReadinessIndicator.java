package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Takes readiness at the first hard look at either connector. A busy connector keeps it, unless it
 * is configured to lose it after a while: the load would only go to the next pod, until none is
 * left.
 */
class ConnectorsReadinessIndicator extends AbstractHealthIndicator {

    private final List<ConnectorWatch> watches;
    private final @Nullable Duration busyUnreadyAfter;
    private final Clock clock;

    ConnectorsReadinessIndicator(
            List<ConnectorWatch> watches, @Nullable Duration busyUnreadyAfter, Clock clock) {
        this.watches = List.copyOf(watches);
        this.busyUnreadyAfter = busyUnreadyAfter;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (ConnectorWatch watch : watches) {
            Verdict verdict = watch.verdict();
            if (verdict.isUnready() || isBusyTooLong(verdict)) {
                builder.outOfService();
            }
            builder.withDetail(
                    watch.connector().tag(), verdict.state() + ": " + verdict.evidence());
        }
    }

    private boolean isBusyTooLong(Verdict verdict) {
        return busyUnreadyAfter != null
                && verdict.state() == State.BUSY
                && !verdict.since().plus(busyUnreadyAfter).isAfter(clock.instant());
    }
}
