package dev.gatehouse.tools.job;

import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether the store of the jobs can be reached, as component {@code jobs}. In neither the liveness
 * nor the readiness group: the site is served without it.
 */
class JobsHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<JobTools> tools;
    private final Supplier<JobStore> store;

    JobsHealthIndicator(Supplier<JobTools> tools, Supplier<JobStore> store) {
        this.tools = tools;
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        try {
            store.get().requireWritable();
            builder.up().withDetail("shared", store.get().isShared());
            for (ToolRegistration tool : tools.get().all()) {
                JobCounts counts = store.get().counts(tool.name());
                builder.withDetail(tool.name(), counts);
            }
        } catch (JobStoreException ex) {
            builder.down().withDetail("reason", String.valueOf(ex.getMessage()));
        }
    }
}
