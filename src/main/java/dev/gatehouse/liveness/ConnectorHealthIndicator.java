package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorVitals;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Reads the last verdict on a connector, and never waits. A verdict that has grown old is DOWN: the
 * watcher is watched too.
 */
class ConnectorHealthIndicator extends AbstractHealthIndicator {

    private final ConnectorWatch watch;
    private final Duration oldestVerdict;
    private final Clock clock;

    ConnectorHealthIndicator(ConnectorWatch watch, Duration oldestVerdict, Clock clock) {
        this.watch = watch;
        this.oldestVerdict = oldestVerdict;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Verdict verdict = watch.verdict();
        boolean stale = verdict.isOlderThan(oldestVerdict, clock.instant());
        if (stale || verdict.isDead()) {
            builder.down();
        } else {
            builder.up();
        }
        builder.withDetail("verdict", verdict.state())
                .withDetail("reason", stale ? "no look since " + verdict.at() : verdict.evidence())
                .withDetail("since", verdict.since())
                .withDetail("restarts", watch.restarts());
        Facts facts = watch.facts();
        if (facts != null) {
            addFacts(builder, facts);
        }
    }

    private static void addFacts(Health.Builder builder, Facts facts) {
        ConnectorVitals vitals = facts.vitals();
        builder.withDetail("connections", vitals.permits())
                .withDetail("limit", vitals.limit())
                .withDetail("live", vitals.live())
                .withDetail("pollerSpinning", vitals.pollerSpinning())
                .withDetail("unlimited", vitals.isUnlimited());
        if (facts.lastEvidence() != null) {
            builder.withDetail("lastEvidence", facts.lastEvidence());
        }
        switch (facts.probes().last()) {
            case ProbeResult.Answered(var took) ->
                    builder.withDetail("probeMillis", took.toMillis());
            case ProbeResult.OtherCertificate(var took, var detail) ->
                    builder.withDetail("probeMillis", took.toMillis())
                            .withDetail("certificate", detail);
            case ProbeResult.Failed _ -> builder.withDetail("probeMillis", "failed");
            case null -> builder.withDetail("probeMillis", "not probed yet");
        }
    }
}
