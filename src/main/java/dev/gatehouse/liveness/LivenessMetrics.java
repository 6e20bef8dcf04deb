package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.Verdict.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Predicate;

/** The verdict on each connector, as gauges, and the number of its restarts. */
class LivenessMetrics implements MeterBinder {

    private static final String PREFIX = "gatehouse.connector.";

    private final ConnectorMonitors monitors;

    LivenessMetrics(ConnectorMonitors monitors) {
        this.monitors = monitors;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ConnectorName connector : ConnectorName.values()) {
            ConnectorMonitor monitor = monitors.monitor(connector);
            gauge("alive", monitor, report -> !report.verdict().isDead())
                    .description("1 unless the connector is dead")
                    .register(registry);
            gauge("poller.spinning", monitor, ConnectorReport::isPollerSpinning)
                    .description("1 while the poller thread burns CPU time for nothing")
                    .register(registry);
            gauge("unlimited", monitor, ConnectorReport::isUnlimited)
                    .description("1 while Tomcat does not enforce the configured connection limit")
                    .register(registry);
            for (State state : State.values()) {
                gauge("verdict", monitor, report -> report.verdict().state() == state)
                        .description("1 for the current verdict, 0 for the others")
                        .tag("verdict", state.tag())
                        .register(registry);
            }
            FunctionCounter.builder(PREFIX + "restarts", monitor, m -> m.report().restarts())
                    .description("Restarts of the connector, successful or not")
                    .tag("connector", connector.tag())
                    .register(registry);
        }
    }

    private static Gauge.Builder<ConnectorMonitor> gauge(
            String name, ConnectorMonitor monitor, Predicate<ConnectorReport> predicate) {
        return Gauge.builder(PREFIX + name, monitor, m -> predicate.test(m.report()) ? 1 : 0)
                .tag("connector", monitor.connector().tag());
    }
}
