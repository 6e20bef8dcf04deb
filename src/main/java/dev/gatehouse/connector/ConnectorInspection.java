package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.ConnectorEndpoint;
import dev.gatehouse.connector.nio.ConnectorProtocol;
import dev.gatehouse.connector.nio.EndpointThreads;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Reads the state of one connector's threads, executor and connections. Used by one thread. */
public class ConnectorInspection {

    /**
     * A connection is handed over within microseconds; after this time without an owner it is lost.
     */
    private static final long LOST_AFTER_MILLIS = 1000;

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
                live(endpoint, workers),
                !endpoint.isSSLEnabled() || endpoint.findSslHostConfigs().length > 0);
    }

    private static int live(ConnectorEndpoint endpoint, Workers workers) {
        long now = System.currentTimeMillis();
        return (int)
                endpoint.getConnections().stream()
                        .filter(c -> workers != Workers.WORKING || !isLost(c, now))
                        .count();
    }

    /**
     * No thread processes it, the poller does not wait for it, and it has no processor. While the
     * executor is late, such a connection may simply be queued.
     */
    private static boolean isLost(SocketWrapperBase<NioChannel> connection, long nowMillis) {
        return connection instanceof NioSocketWrapper nio
                && !nio.getLock().isLocked()
                && nio.interestOps() == 0
                && nio.getCurrentProcessor() == null
                && nio.getSendfileData() == null
                && nowMillis - Math.max(nio.getLastRead(), nio.getLastWrite()) > LOST_AFTER_MILLIS;
    }
}
