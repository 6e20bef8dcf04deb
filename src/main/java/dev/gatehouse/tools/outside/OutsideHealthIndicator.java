package dev.gatehouse.tools.outside;

import java.time.Clock;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The last result of the probe from outside. It is never part of liveness: a restart of this server
 * repairs no name, firewall or load balancer.
 */
class OutsideHealthIndicator extends AbstractHealthIndicator {

    private final OutsideMonitor monitor;
    private final Clock clock;

    OutsideHealthIndicator(OutsideMonitor monitor, Clock clock) {
        this.monitor = monitor;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        OutsideResult result = monitor.last();
        if (result == null) {
            builder.unknown()
                    .withDetail(
                            "reason",
                            monitor.isConfigured()
                                    ? "not looked yet"
                                    : "gatehouse.outside.url is not set");
            return;
        }
        if (monitor.isStale(clock.instant())) {
            builder.unknown().withDetail("reason", "no look since " + result.at());
            return;
        }
        if (monitor.isDead()) {
            builder.down();
        } else {
            builder.up();
        }
        builder.withDetail("reason", result.describe())
                .withDetail("http", result.isHttpUp() ? "up" : "down")
                .withDetail("https", result.isHttpsUp() ? "up" : "down")
                .withDetail("redirectRight", result.redirectRight())
                .withDetail("probeMillis", result.took().toMillis())
                .withDetail("at", result.at());
        if (result.certificateEnds() != null) {
            builder.withDetail("certificateEnds", result.certificateEnds());
        }
    }
}
