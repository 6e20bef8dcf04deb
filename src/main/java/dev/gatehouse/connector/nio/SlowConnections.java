package dev.gatehouse.connector.nio;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Supplier;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Cuts off connections that take too long in all for the TLS handshake or the header of the first
 * request. Tomcat's time-outs begin anew with every byte. Where memory has room for no more
 * connections, it also ends those that have been idle for the longest time.
 */
class SlowConnections {

    private static final long LONGEST_INTERVAL_MILLIS = 250;

    /** A connection that is between two requests of a busy client is not idle yet. */
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    /** The share of the connections that may be ended in one look, as a divisor. */
    private static final int SHARE = 16;

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

    void look() {
        cutOverdue();
        makeRoom();
    }

    private void cutOverdue() {
        long now = System.nanoTime();
        for (SocketWrapperBase<NioChannel> connection : endpoint.getConnections()) {
            if (connection.getSocket() instanceof TracedChannel channel
                    && isOverdue(connection, channel.trace(), now)) {
                cut(connection, channel.trace());
            }
        }
    }

    /** Where the room is taken, ends the connections that have been idle for the longest time. */
    private void makeRoom() {
        if (!endpoint.isRoomTaken()) {
            return;
        }
        long now = System.nanoTime();
        endpoint.getConnections().stream()
                .filter(ActiveConnection.class::isInstance)
                .map(ActiveConnection.class::cast)
                .filter(connection -> connection.isIdle(now, IDLE_NANOS))
                .sorted(Comparator.comparingLong(connection -> -connection.stalledNanos(now)))
                .limit(1 + endpoint.getMaxConnections() / SHARE)
                .forEach(this::end);
    }

    /** Asks the client to go, and cuts it off when it has not gone by the next look. */
    private void end(ActiveConnection connection) {
        if (!connection.askToGo()) {
            connection.setError(new SocketTimeoutException());
            endpoint.processSocket(connection, SocketEvent.ERROR, true);
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
