package dev.gatehouse.connector;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Takes the buffers of connections that are idle: 66 KB of each over TLS, which with thousands of
 * visitors, or one stranger, would be all the memory there is.
 */
class IdleConnections {

    static final Duration INTERVAL = Duration.ofMillis(250);

    private static final long IDLE_MILLIS = 500;

    private final ConnectorEndpoint endpoint;

    IdleConnections(ConnectorEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    void reclaim() {
        long since = System.currentTimeMillis() - IDLE_MILLIS;
        for (SocketWrapperBase<NioChannel> connection : endpoint.getConnections()) {
            if (connection instanceof NioSocketWrapper socket
                    && socket.getLastRead() < since
                    && socket.getLastWrite() < since
                    && connection.getSocket() instanceof TracedChannel channel) {
                reclaim(connection, channel);
            }
        }
    }

    private static void reclaim(SocketWrapperBase<NioChannel> connection, TracedChannel channel) {
        if (!connection.getLock().tryLock()) {
            return; // it is being processed right now
        }
        try {
            boolean isLeftAlone = !connection.isClosed() && !isAnsweredAsynchronously(connection);
            channel.reclaim(isLeftAlone);
            if (isLeftAlone) {
                channel.held().reclaimed();
            }
        } finally {
            connection.getLock().unlock();
        }
    }

    /** By a thread that needs no lock, other than those of HTTP/2. */
    private static boolean isAnsweredAsynchronously(SocketWrapperBase<NioChannel> connection) {
        return connection.getCurrentProcessor() instanceof Processor processor
                && processor.isAsync();
    }
}
