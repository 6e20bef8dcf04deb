package dev.gatehouse.status;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/**
 * Reads what the health components say: the one seam to those who look. It costs a read of memory,
 * since none of them looks when it is asked.
 */
class HealthSight {

    private final HealthContributorRegistry registry;

    HealthSight(HealthContributorRegistry registry) {
        this.registry = registry;
    }

    Sight of(Subject subject) {
        if (!(registry.getContributor(subject.tag()) instanceof HealthIndicator indicator)) {
            return Sight.NOTHING;
        }
        Health health = indicator.health();
        return health == null ? Sight.NOTHING : read(health);
    }

    private static Sight read(Health health) {
        Map<String, Object> details = health.getDetails();
        return new Sight(
                condition(health.getStatus(), String.valueOf(details.get("verdict"))),
                String.valueOf(details.getOrDefault("reason", "")),
                details);
    }

    private static Condition condition(Status status, String verdict) {
        if (Status.DOWN.equals(status) || Status.OUT_OF_SERVICE.equals(status)) {
            return Condition.DEAD;
        }
        if (!Status.UP.equals(status) || verdict.equals("UNKNOWN")) {
            return Condition.UNKNOWN;
        }
        return verdict.equals("BUSY") ? Condition.BUSY : Condition.ALIVE;
    }
}
