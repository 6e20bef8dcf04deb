package dev.gatehouse.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Reports that the liveness probes and the probe of the public address disagree. */
class StatusMetrics implements MeterBinder {

    private final StatusHistory history;

    StatusMetrics(StatusHistory history) {
        this.history = history;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gatehouse.status.contradiction", history, h -> h.isContradiction() ? 1 : 0)
                .description("1 while the connectors answer inside and the public address does not")
                .register(registry);
    }
}
