package dev.gatehouse.liveness;

import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.OtherCertificate;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Shows the last verdict on a connector, without waiting. A verdict that is too old is DOWN. */
class ConnectorHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<ConnectorReport> reports;

    ConnectorHealthIndicator(Supplier<ConnectorReport> reports) {
        this.reports = reports;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        ConnectorReport report = reports.get();
        (report.isDown() ? builder.down() : builder.up())
                .withDetail("verdict", report.verdict().state())
                .withDetail("reason", report.reason())
                .withDetail("since", report.verdict().since())
                .withDetail("restarts", report.restarts());
        if (!report.isChecked()) {
            return;
        }
        builder.withDetail("connections", report.permits())
                .withDetail("limit", report.limit())
                .withDetail("live", report.live())
                .withDetail("pollerSpinning", report.isPollerSpinning())
                .withDetail("unlimited", report.isUnlimited());
        if (report.lastEvidence() != null) {
            builder.withDetail("lastEvidence", report.lastEvidence());
        }
        Long millis = report.probeMillis();
        if (millis != null) {
            builder.withDetail("probeMillis", millis);
        } else {
            boolean failed = report.lastProbe() instanceof Failed;
            builder.withDetail("probeMillis", failed ? "failed" : "not probed yet");
        }
        if (report.lastProbe() instanceof OtherCertificate(_, var detail)) {
            builder.withDetail("certificate", detail);
        }
    }
}
