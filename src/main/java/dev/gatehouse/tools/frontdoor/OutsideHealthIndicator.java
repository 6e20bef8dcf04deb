package dev.gatehouse.tools.frontdoor;

import java.time.Clock;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * What the last look from outside saw. In a group of its own and never in liveness: no restart of
 * this server mends a name, a firewall or a load balancer.
 */
class OutsideHealthIndicator extends AbstractHealthIndicator {

    private final OutsideWatch watch;
    private final Clock clock;

    OutsideHealthIndicator(OutsideWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        OutsideLook look = watch.last();
        if (look == null) {
            builder.unknown()
                    .withDetail(
                            "reason",
                            watch.isConfigured()
                                    ? "not looked yet"
                                    : "gatehouse.outside.url is not set");
            return;
        }
        if (watch.isStale(clock.instant())) {
            builder.unknown().withDetail("reason", "no look since " + look.at());
            return;
        }
        if (watch.isDead()) {
            builder.down();
        } else {
            builder.up();
        }
        builder.withDetail("reason", look.describe())
                .withDetail("http", look.isHttpUp() ? "up" : "down")
                .withDetail("https", look.isHttpsUp() ? "up" : "down")
                .withDetail("redirectRight", look.redirectRight())
                .withDetail("probeMillis", look.took().toMillis())
                .withDetail("at", look.at());
        if (look.certificateEnds() != null) {
            builder.withDetail("certificateEnds", look.certificateEnds());
        }
    }
}
