package dev.gatehouse.connector.nio;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Cuts off connections that take too long in all for the TLS handshake or the header of the first
 * request. Tomcat's time-outs begin anew with every byte.
 */
class SlowConnections {

    private static final long LONGEST_INTERVAL_MILLIS = 250;

    private final ConnectorEndpoint endpoint;
    private final Duration headerTimeout;
    private final Supplier<Duration> handshakeTimeout;

    SlowConnections(
            ConnectorEndpoint endpoint,
            Duration headerTimeout,
            Supplier<Duration> handshakeTimeout) {
        this.endpoint = endpoint;
        this.headerTimeout = headerTimeout;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** How often to look: often enough to be late by a quarter at most. */
    Duration interval() {
        long shortest = Math.min(headerTimeout.toMillis(), handshakeTimeout.get().toMillis());
        return Duration.ofMillis(Math.clamp(shortest / 4, 10, LONGEST_INTERVAL_MILLIS));
    }

    void cut() {
        long now = System.nanoTime();
        for (SocketWrapperBase<NioChannel> connection : endpoint.getConnections()) {
            if (connection.getSocket() instanceof TracedChannel channel
                    && isOverdue(connection, channel.trace(), now)) {
                cut(connection, channel.trace());
            }
        }
    }

    private boolean isOverdue(
            SocketWrapperBase<NioChannel> connection, ConnectionProgress trace, long now) {
        if (trace.isHeaderDelivered() || connection.getLock().isLocked()) {
            return false; // locked is being processed right now
        }
        long age = trace.ageNanos(now);
        return age > headerTimeout.toNanos()
                || (age > handshakeTimeout.get().toNanos()
                        && !connection.getSocket().isHandshakeComplete());
    }

    /** As Tomcat's poller does on its own time-outs; if that gets nowhere, by force. */
    private void cut(SocketWrapperBase<NioChannel> connection, ConnectionProgress trace) {
        if (trace.cut()) {
            connection.setError(new SocketTimeoutException());
            if (endpoint.processSocket(connection, SocketEvent.ERROR, true)) {
                return;
            }
        }
        connection.close();
    }
}
