package dev.gatehouse.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What no door's own metric says: that the view from inside and the one from outside differ. */
class StatusMetrics implements MeterBinder {

    private final Observatory observatory;

    StatusMetrics(Observatory observatory) {
        this.observatory = observatory;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "gatehouse.status.contradiction",
                        observatory,
                        o -> o.isContradiction() ? 1 : 0)
                .description("1 while inside says alive and outside says dead")
                .register(registry);
    }
}
