package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectorEndpoint;
import dev.gatehouse.connector.nio.ConnectorProtocol;
import dev.gatehouse.connector.nio.EndpointThreads;
import java.time.Duration;

/** Reads the state of one connector's threads, executor and connections. Used by one thread. */
public class ConnectorInspection {

    /**
     * A connection is handed over within microseconds; after this time without an owner it is lost.
     */
    private static final Duration LOST_AFTER = Duration.ofSeconds(1);

    private final ManagedConnector connector;
    private final WorkerPulse pulse = new WorkerPulse();
    private final PollerLoad pollerLoad = new PollerLoad();

    ConnectorInspection(ManagedConnector connector) {
        this.connector = connector;
    }

    public ConnectorVitals look() {
        ConnectorProtocol protocol = connector.protocol();
        ConnectorEndpoint endpoint = protocol.endpoint();
        EndpointThreads threads = endpoint.threads();
        Workers workers = pulse.beat(protocol.getExecutor());
        return new ConnectorVitals(
                connector.tomcat().getState().isAvailable() && !protocol.isPaused(),
                threads.isAcceptorGone(),
                threads.isPollerGone() || endpoint.isSelectorClosed(),
                pollerLoad.isSpinning(threads.poller(), endpoint.dispatches()),
                workers,
                pulse.lateness(),
                endpoint.getConnectionCount(),
                endpoint.getMaxConnections(),
                live(endpoint, workers));
    }

    /** While the executor is late, a connection without an owner may simply be queued. */
    private static int live(ConnectorEndpoint endpoint, Workers workers) {
        return workers == Workers.WORKING
                ? endpoint.ownedConnections(LOST_AFTER)
                : endpoint.getConnections().size();
    }
}
