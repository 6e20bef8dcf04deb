package dev.gatehouse.tools.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs wait and run, on all instances, as gauges; NaN while the store cannot be reached.
 * All gauges of a scrape are one look at the store.
 */
class JobGauges implements MeterBinder {

    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final Supplier<JobTools> tools;
    private final Supplier<JobStore> store;
    private Map<String, JobCounts> counts = Map.of();
    private @Nullable Long lookedAt;

    JobGauges(Supplier<JobTools> tools, Supplier<JobStore> store) {
        this.tools = tools;
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ToolRegistration tool : tools.get().all()) {
            gauge("queued", "Jobs that wait, on all instances", tool, JobCounts::queued, registry);
            gauge("running", "Jobs that run, on all instances", tool, JobCounts::running, registry);
        }
    }

    private void gauge(
            String name,
            String description,
            ToolRegistration tool,
            ToDoubleFunction<JobCounts> value,
            MeterRegistry registry) {
        Gauge.builder(
                        "gatehouse.jobs." + name,
                        this,
                        gauges -> {
                            JobCounts found = gauges.counts(tool.name());
                            return found == null ? Double.NaN : value.applyAsDouble(found);
                        })
                .description(description)
                .tag("tool", tool.name())
                .register(registry);
    }

    private synchronized @Nullable JobCounts counts(String tool) {
        long now = System.nanoTime();
        if (lookedAt == null || now - lookedAt > MAX_AGE.toNanos()) {
            counts = look();
            lookedAt = System.nanoTime();
        }
        return counts.get(tool);
    }

    private Map<String, JobCounts> look() {
        Map<String, JobCounts> found = new HashMap<>();
        try {
            for (ToolRegistration tool : tools.get().all()) {
                found.put(tool.name(), store.get().counts(tool.name()));
            }
        } catch (JobStoreException _) {
            found.clear();
        }
        return found;
    }
}
