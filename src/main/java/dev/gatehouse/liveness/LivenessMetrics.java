package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The verdict on each connector, as gauges, and how often it was restarted. */
class LivenessMetrics implements MeterBinder {

    private static final String PREFIX = "gatehouse.connector.";

    private final List<ConnectorWatch> watches;

    LivenessMetrics(List<ConnectorWatch> watches) {
        this.watches = List.copyOf(watches);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ConnectorWatch watch : watches) {
            String connector = watch.connector().tag();
            gauge(
                    registry,
                    watch,
                    "alive",
                    "1 unless the connector is dead",
                    w -> !w.verdict().isDead());
            gauge(
                    registry,
                    watch,
                    "poller.spinning",
                    "1 while the poller thread burns CPU time for nothing",
                    ConnectorWatch::isPollerSpinning);
            gauge(
                    registry,
                    watch,
                    "unlimited",
                    "1 while Tomcat does not keep the configured connection limit",
                    ConnectorWatch::isUnlimited);
            for (State state : State.values()) {
                Gauge.builder(PREFIX + "verdict", watch, w -> w.verdict().state() == state ? 1 : 0)
                        .description("1 for the verdict that holds, 0 for the others")
                        .tag("connector", connector)
                        .tag("verdict", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
            FunctionCounter.builder(PREFIX + "restarts", watch, ConnectorWatch::restarts)
                    .description("Restarts of the connector, whatever came of them")
                    .tag("connector", connector)
                    .register(registry);
        }
    }

    private static void gauge(
            MeterRegistry registry,
            ConnectorWatch watch,
            String name,
            String description,
            Predicate<ConnectorWatch> holds) {
        Gauge.builder(PREFIX + name, watch, w -> holds.test(w) ? 1 : 0)
                .description(description)
                .tag("connector", watch.connector().tag())
                .register(registry);
    }
}
