package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.BlockedRequests;
import dev.gatehouse.connector.nio.ConnectionKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

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
            ManagedConnector connector = connectors.get(name);
            FunctionCounter.builder(PREFIX + "requests", connector, ManagedConnector::requests)
                    .description("Requests that came in by the connector")
                    .tag("connector", name.tag())
                    .register(registry);
            Gauge.builder(PREFIX + "connections", connector, ManagedConnector::openConnections)
                    .description("Connections that the connector counts as open")
                    .tag("connector", name.tag())
                    .register(registry);
            FunctionCounter.builder(
                            PREFIX + "errors.contained",
                            connector,
                            c -> c.protocol().counts().containedErrors())
                    .description("Errors of the application or its access log that were contained")
                    .tag("connector", name.tag())
                    .register(registry);
            bindConnections(registry, connector);
        }
        bindHeap(
                registry, "held", "Heap memory held by requests that wait", BlockedRequests::bytes);
        bindHeap(
                registry,
                "limit",
                "Heap memory that requests that wait may hold",
                BlockedRequests::limitBytes);
    }

    private void bindHeap(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<BlockedRequests> bytes) {
        Gauge.builder(
                        "gatehouse.connectors.heap." + name,
                        connectors.get(ConnectorName.HTTPS).protocol().blockedRequests(),
                        bytes)
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private void bindConnections(MeterRegistry registry, ManagedConnector connector) {
        for (ConnectionKind kind : ConnectionKind.values()) {
            FunctionCounter.builder(
                            PREFIX + "connections." + kind.tag(), connector, c -> c.count(kind))
                    .description(kind.description())
                    .tag("connector", connector.name().tag())
                    .register(registry);
        }
    }
}
