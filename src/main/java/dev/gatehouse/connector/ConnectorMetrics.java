package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.connector.nio.WaitingRequests;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/** Requests and connections of each connector, read when metrics are scraped. */
class ConnectorMetrics implements MeterBinder {

    private static final String PREFIX = "gatehouse.connector.";

    private final Connectors connectors;

    ConnectorMetrics(Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ConnectorName name : ConnectorName.values()) {
            FunctionCounter.builder(PREFIX + "requests", connectors, c -> c.requests(name))
                    .description("Requests that came in by the connector")
                    .tag("connector", name.tag())
                    .register(registry);
            Gauge.builder(
                            PREFIX + "connections",
                            connectors,
                            c -> c.endpoint(name).getConnectionCount())
                    .description("Connections that the connector counts as open")
                    .tag("connector", name.tag())
                    .register(registry);
            FunctionCounter.builder(
                            PREFIX + "errors.contained",
                            connectors,
                            c -> c.protocol(name).counts().containedErrors())
                    .description("Errors of the application or its access log that were contained")
                    .tag("connector", name.tag())
                    .register(registry);
            bindConnections(registry, name);
        }
        bindHeap(registry, "held", "Held by requests that wait", WaitingRequests::bytes);
        bindHeap(registry, "limit", "That they may hold", WaitingRequests::limitBytes);
    }

    private void bindHeap(
            MeterRegistry registry,
            String name,
            String description,
            ToLongFunction<WaitingRequests> bytes) {
        Gauge.builder(
                        "gatehouse.connectors.heap." + name,
                        connectors,
                        c -> bytes.applyAsLong(c.waitingRequests()))
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private void bindConnections(MeterRegistry registry, ConnectorName name) {
        for (ConnectionKind kind : ConnectionKind.values()) {
            FunctionCounter.builder(
                            PREFIX + "connections." + kind.tag(),
                            connectors,
                            c -> c.count(name, kind))
                    .description(kind.description())
                    .tag("connector", name.tag())
                    .register(registry);
        }
    }
}
