package dev.gatehouse.connector;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Looks at one connector's parts, from one thread, again and again. */
public class ConnectorInspection {

    /** A connection is handed over within microseconds; one left alone for this long is lost. */
    private static final long LOST_AFTER_MILLIS = 1000;

    private final Connectors connectors;
    private final ConnectorName name;
    private final WorkerPulse pulse = new WorkerPulse();
    private final PollerLoad pollerLoad = new PollerLoad();

    ConnectorInspection(Connectors connectors, ConnectorName name) {
        this.connectors = connectors;
        this.name = name;
    }

    public ConnectorVitals look() {
        Connector connector = connectors.get(name);
        ConnectorProtocol protocol = connectors.protocol(name);
        ConnectorEndpoint endpoint = protocol.endpoint();
        EndpointThreads threads = endpoint.threads();
        Workers workers = pulse.beat(protocol.getExecutor());
        return new ConnectorVitals(
                connector.getState().isAvailable() && !protocol.isPaused(),
                threads.isAcceptorGone(),
                threads.isPollerGone(),
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
     * Nobody processes it, nobody waits for it in the poller, and no processor is kept for it.
     * While the workers are late it may only wait for its turn.
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
