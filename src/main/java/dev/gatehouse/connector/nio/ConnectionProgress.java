package dev.gatehouse.connector.nio;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one open connection. Written by one thread at a time, as Tomcat locks a
 * connection while it is processed.
 */
class ConnectionProgress {

    private final long acceptedNanos;
    private volatile boolean helloSeen;
    private volatile boolean plainOnTls;
    private volatile boolean requestByteSeen;
    private volatile boolean headerDelivered;
    private volatile boolean cut;
    private volatile boolean followed;
    private volatile long progressNanos;
    private boolean written;
    private @Nullable ConnectionKind outcome;

    ConnectionProgress(long acceptedNanos) {
        this.acceptedNanos = acceptedNanos;
        this.progressNanos = acceptedNanos;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - acceptedNanos;
    }

    /** A byte has come from the client or gone to it. */
    void progressed() {
        progressNanos = System.nanoTime();
    }

    /** Time since the last byte came or went. */
    long stalledNanos(long nowNanos) {
        return nowNanos - progressNanos;
    }

    void helloSeen() {
        helloSeen = true;
    }

    void plainOnTls() {
        plainOnTls = true;
    }

    void requestByteSeen() {
        if (!requestByteSeen) { // reading is cheaper than writing, once for each request
            requestByteSeen = true;
        }
    }

    /** Whether to follow it until its first request is here; true the first time. */
    boolean isToBeFollowed() {
        if (followed) {
            return false;
        }
        followed = true;
        return true;
    }

    boolean isFollowed() {
        return followed;
    }

    void written() {
        written = true;
    }

    /** Whether something has been written since this was asked last. */
    boolean hasWritten() {
        boolean was = written;
        written = false;
        return was;
    }

    void headerDelivered() {
        headerDelivered = true;
    }

    boolean isHeaderDelivered() {
        return headerDelivered;
    }

    /** Marks it as cut off for its slowness; true the first time. */
    boolean cut() {
        boolean first = !cut;
        cut = true;
        return first;
    }

    /** Settles what the connection was, before it has ended. */
    void outcome(ConnectionKind kind) {
        outcome = kind;
    }

    /** What the connection was, now that it ends; empty for one that asked something. */
    Optional<ConnectionKind> kind(boolean handshakeComplete, boolean timedOut) {
        if (outcome != null) {
            return Optional.of(outcome);
        }
        if (plainOnTls) {
            return Optional.of(ConnectionKind.PLAIN_ON_TLS);
        }
        if (!handshakeComplete && helloSeen) {
            return Optional.of(ConnectionKind.HANDSHAKE_FAILED);
        }
        if (!requestByteSeen) {
            return Optional.of(ConnectionKind.SILENT);
        }
        return !headerDelivered && (cut || timedOut)
                ? Optional.of(ConnectionKind.HEADER_TIMEOUT)
                : Optional.empty();
    }
}
