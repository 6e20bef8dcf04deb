package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Takes the server out of service at the first definite failure of either connector. A busy
 * connector stays in service, unless configured otherwise: the load would only move to the next
 * pod, until none is left.
 */
class ConnectorsReadinessIndicator extends AbstractHealthIndicator {

    private final ConnectorMonitors monitors;
    private final @Nullable Duration busyUnreadyAfter;
    private final Clock clock;

    ConnectorsReadinessIndicator(
            ConnectorMonitors monitors, @Nullable Duration busyUnreadyAfter, Clock clock) {
        this.monitors = monitors;
        this.busyUnreadyAfter = busyUnreadyAfter;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (ConnectorReport report : monitors.reports()) {
            Verdict verdict = report.verdict();
            if (verdict.isUnready() || isBusyTooLong(verdict)) {
                builder.outOfService();
            }
            builder.withDetail(
                    report.connector().tag(), verdict.state() + ": " + verdict.evidence());
        }
    }

    private boolean isBusyTooLong(Verdict verdict) {
        return busyUnreadyAfter != null
                && verdict.state() == State.BUSY
                && !verdict.since().plus(busyUnreadyAfter).isAfter(clock.instant());
    }
}
