package dev.gatehouse.connector;

/**
 * What one connection holds of the heap, in kilobytes, and since when its client has not got on.
 * Nobody who waits for room holds any, so that all who hold some get on, or stall by themselves.
 */
final class HeldHeap {

    /** To serve a plain connection: buffers, Tomcat's processor, request and response. */
    static final int PLAIN = 92;

    /** To serve one over TLS, with the buffers of what is encrypted. */
    static final int TLS = 136;

    /** To serve an HTTP/2 connection: its tables, and buffers for frames. */
    static final int HTTP2 = 52;

    /** What is left of that once its buffers are reclaimed: the tables, full. */
    static final int RECLAIMED_HTTP2 = 8;

    /** Each request on an HTTP/2 connection. */
    static final int STREAM = 48;

    /**
     * Of this many of the last streams of a connection Tomcat remembers the end: five times as many
     * as may be open, for frames that were on their way.
     */
    static final int REMEMBERED_STREAMS = 500;

    /** Each takes 200 to 250 bytes. */
    static final int REMEMBERED_EACH_KILOBYTE = 4;

    /** The buffers of one that has been served, if they are left to it for the next request. */
    private static final int PLAIN_BUFFERS = 16;

    private static final int TLS_BUFFERS = 50;

    private final HeapShare share;
    private final int buffers;
    private int whenServed;
    private boolean served;
    private int kept;
    private int idle;
    private int streams;
    private int endedStreams;
    private int remembered;
    private boolean ended;
    private boolean shed;
    private long sinceNanos;
    private long progressNanos;

    private HeldHeap(HeapShare share, int whenServed, int buffers) {
        this.share = share;
        this.whenServed = whenServed;
        this.buffers = buffers;
    }

    static HeldHeap plain(HeapShare share) {
        return new HeldHeap(share, PLAIN, PLAIN_BUFFERS);
    }

    static HeldHeap tls(HeapShare share) {
        return new HeldHeap(share, TLS, TLS_BUFFERS);
    }

    /**
     * Begins to serve the connection if nobody has to wait for it: there is room, or it holds what
     * it takes, or its streams may wait for what it says.
     */
    synchronized boolean enterIfFree() {
        int wanted = whenServed - kept;
        if (wanted > 0 && streams > 0) {
            share.take(wanted);
        } else if (wanted > 0 && !share.takeIfFree(wanted)) {
            return false;
        }
        enter(Math.max(wanted, 0));
        return true;
    }

    /**
     * Gives back what the connection holds, whose buffers are reclaimed, and waits for its turn.
     *
     * @return whether it came
     */
    boolean enterInTurn() {
        int wanted = giveBackAll();
        if (!share.takeInTurn(wanted)) {
            return false;
        }
        enter(wanted);
        return true;
    }

    private synchronized int giveBackAll() {
        giveBackIdle();
        keep(0);
        return whenServed;
    }

    /** Begins to serve it and takes nothing. */
    void enter() {
        enter(0);
    }

    private synchronized void enter(int taken) {
        begin();
        giveBackIdle();
        kept += taken;
        served = true;
    }

    private void begin() {
        long now = System.nanoTime();
        if (kilobytes() == 0) {
            sinceNanos = now;
        }
        if (streams == 0) {
            progressNanos = now;
        }
    }

    /** Is done with it for the moment, in the middle of something. */
    synchronized void leave() {
        served = false;
        keep(ended ? 0 : kept);
    }

    /**
     * Is done with serving it, and nothing was begun.
     *
     * @return whether it may have its buffers none the less
     */
    synchronized boolean leaveIdle() {
        served = false;
        keep(0);
        if (!ended && share.takeIdle(buffers)) {
            idle = buffers;
        }
        return idle > 0;
    }

    /** Is done with serving it, as one that speaks HTTP/2 from now on. */
    synchronized void leaveHttp2() {
        served = false;
        whenServed = HTTP2;
        keep(ended ? 0 : Math.min(kept, HTTP2));
    }

    private void giveBackIdle() {
        share.giveBackIdle(idle);
        idle = 0;
    }

    private void keep(int kilobytes) {
        share.giveBack(kept - kilobytes);
        kept = kilobytes;
    }

    /** The buffers of the connection, on which nothing happens, are reclaimed. */
    synchronized void reclaimed() {
        giveBackIdle();
        if (!served && whenServed == HTTP2) {
            keep(Math.min(kept, RECLAIMED_HTTP2));
        }
    }

    /** A request begins on a connection of many; it is there already, and cannot wait. */
    synchronized void beginStream() {
        begin();
        share.take(STREAM);
        streams++;
    }

    synchronized void endStream() {
        streams--;
        progressNanos = System.nanoTime();
        share.giveBack(STREAM);
        if (!ended && endedStreams < REMEMBERED_STREAMS) {
            endedStreams++;
            remember(endedStreams / REMEMBERED_EACH_KILOBYTE - remembered);
        }
    }

    private void remember(int more) {
        if (more > 0) {
            share.remember(more);
            remembered += more;
        }
    }

    /** The connection is closed: whoever still serves it gives back the rest. */
    synchronized void end() {
        ended = true;
        giveBackIdle();
        share.forget(remembered);
        remembered = 0;
        if (!served) {
            keep(0);
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

    synchronized int kilobytes() {
        return kept + streams * STREAM + remembered;
    }

    /** For how long it has held anything. */
    synchronized long ageNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    /**
     * For how long its client has not got on: no stream has ended, or where it has none, nothing
     * was read or written since it was let in.
     *
     * @param connectionNanos since the connection has been read or written last
     */
    synchronized long stalledNanos(long nowNanos, long connectionNanos) {
        long own = nowNanos - progressNanos;
        return streams > 0 ? own : Math.min(own, connectionNanos);
    }
}
