package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** Whether each connector lives, as a gauge. */
class LivenessMetrics implements MeterBinder {

    private final List<ConnectorWatch> watches;

    LivenessMetrics(List<ConnectorWatch> watches) {
        this.watches = List.copyOf(watches);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ConnectorWatch watch : watches) {
            Gauge.builder("gatehouse.connector.alive", watch, LivenessMetrics::alive)
                    .description("1 while the connector answers, 0 when it is dead")
                    .tag("connector", watch.connector().tag())
                    .register(registry);
        }
    }

    private static double alive(ConnectorWatch watch) {
        return watch.verdict().state() == State.DEAD ? 0 : 1;
    }
}
