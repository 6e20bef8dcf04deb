package dev.gatehouse.connector;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What each connector has taken and holds, read only when somebody scrapes. */
class ConnectorMetrics implements MeterBinder {

    private final Connectors connectors;
    private final RequestCounts counts;

    ConnectorMetrics(Connectors connectors, RequestCounts counts) {
        this.connectors = connectors;
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ConnectorName name : ConnectorName.values()) {
            FunctionCounter.builder("gatehouse.connector.requests", counts, c -> c.get(name))
                    .description("Requests that came in by the connector")
                    .tag("connector", name.tag())
                    .register(registry);
            Gauge.builder(
                            "gatehouse.connector.connections",
                            connectors,
                            c -> c.protocol(name).getConnectionCount())
                    .description("Connections that the connector counts as open")
                    .tag("connector", name.tag())
                    .register(registry);
        }
    }
}
