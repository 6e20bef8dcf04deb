package dev.gatehouse.connector;

import java.util.concurrent.locks.Lock;

/** What one connection holds of the heap, in kilobytes, and since when nothing has come of it. */
final class HeldHeap {

    /** To serve a plain connection: buffers, Tomcat's processor, request and response. */
    static final int PLAIN = 64;

    /** To serve one over TLS, with the buffers of what is encrypted. */
    static final int TLS = 100;

    /** An HTTP/2 connection on which nothing is asked: its tables, and buffers for frames. */
    static final int IDLE_HTTP2 = 52;

    /** What is left of that once its buffers are reclaimed: the tables, full. */
    static final int RECLAIMED_HTTP2 = 8;

    /** Each request on an HTTP/2 connection. */
    static final int STREAM = 48;

    /** What {@link #enterInTurn} returns when there is no room. */
    static final int NO_ROOM = -1;

    private final HeapShare share;
    private final int whenServed;
    private int inside;
    private int kept;
    private int streams;
    private boolean ended;
    private boolean shed;
    private long sinceNanos;
    private long progressNanos;

    /**
     * @param whenServed what it takes to serve the connection, without its streams
     */
    HeldHeap(HeapShare share, int whenServed) {
        this.share = share;
        this.whenServed = whenServed;
    }

    /**
     * Waits until there is room to serve the connection, unless it holds all that it needs already.
     *
     * @param connection what its streams need to answer, and so is let go while waiting for more
     * @return what was taken, to leave with, or {@link #NO_ROOM}
     */
    int enterInTurn(Lock connection) {
        int wanted = wanted();
        if (wanted > 0 && !share.takeIfFree(wanted) && !takeInTurn(wanted, connection)) {
            return NO_ROOM;
        }
        entered();
        return wanted;
    }

    /** Waits for nothing and takes nothing. */
    int enter() {
        entered();
        return 0;
    }

    private synchronized int wanted() {
        return shed ? 0 : whenServed - kept;
    }

    private boolean takeInTurn(int wanted, Lock connection) {
        if (kilobytes() == 0) {
            return share.takeInTurn(wanted);
        }
        connection.unlock();
        try {
            return share.takeInTurn(wanted);
        } finally {
            connection.lock();
        }
    }

    private synchronized void entered() {
        begin();
        inside++;
    }

    private void begin() {
        if (kilobytes() == 0) {
            sinceNanos = System.nanoTime();
            progressNanos = sinceNanos;
        }
    }

    /**
     * Gives back what is not needed any more.
     *
     * @param taken what it was entered with
     * @param needed what the connection keeps until it is served again
     */
    synchronized void leave(int taken, int needed) {
        inside--;
        int before = kept;
        kept = ended ? 0 : needed;
        share.giveBack(taken + before - kept);
    }

    /** The buffers of the connection, on which nothing happens, are reclaimed. */
    synchronized void reclaimed() {
        if (inside == 0 && kept == IDLE_HTTP2) {
            kept = RECLAIMED_HTTP2;
            share.giveBack(IDLE_HTTP2 - RECLAIMED_HTTP2);
        }
    }

    /** A request begins on a connection of many; it is there already, and cannot wait. */
    synchronized void beginStream() {
        begin();
        if (streams == 0) {
            progressNanos = System.nanoTime();
        }
        share.take(STREAM);
        streams++;
    }

    synchronized void endStream() {
        streams--;
        progressNanos = System.nanoTime();
        share.giveBack(STREAM);
    }

    /** The connection is closed: whoever still serves it gives back the rest. */
    synchronized void end() {
        ended = true;
        if (inside == 0) {
            share.giveBack(kept);
            kept = 0;
        }
    }

    /** Marks it as cut off to make room; true the first time. */
    synchronized boolean shed() {
        boolean first = !shed;
        shed = true;
        return first;
    }

    synchronized boolean isShed() {
        return shed;
    }

    int whenServed() {
        return whenServed;
    }

    synchronized int kilobytes() {
        return Math.max(kept, inside > 0 ? whenServed : 0) + streams * STREAM;
    }

    /** For how long it has held anything. */
    synchronized long ageNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    /**
     * For how long none of its streams has ended; where it has none, that of the connection itself.
     *
     * @param connectionNanos since the connection has been read or written last
     */
    synchronized long stalledNanos(long nowNanos, long connectionNanos) {
        return streams > 0 ? nowNanos - progressNanos : connectionNanos;
    }
}
