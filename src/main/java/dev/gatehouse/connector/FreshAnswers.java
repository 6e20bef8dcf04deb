package dev.gatehouse.connector;

/**
 * The evidence that one connector lives: a request answered on a fresh connection, from whomever it
 * came. Fresh is a connection accepted since the last look but one, so that a visitor whom a busy
 * server lets wait for a while still counts, and one who connected before a fault does not for
 * long.
 */
public class FreshAnswers {

    private volatile long freshSinceNanos = System.nanoTime();
    private volatile long lastLookNanos = freshSinceNanos;
    private volatile long lastAnswerNanos;
    private volatile boolean any;

    /** Begins a new look: what was accepted before the last one is no longer fresh. */
    public void look() {
        freshSinceNanos = lastLookNanos;
        lastLookNanos = System.nanoTime();
    }

    /** The first request on that connection has been answered. */
    void answered(ConnectionTrace connection) {
        long now = System.nanoTime();
        if (connection.ageNanos(now) <= now - freshSinceNanos) {
            lastAnswerNanos = now;
            any = true;
        }
    }

    /** Whether a fresh connection has been answered since then, in {@code System.nanoTime()}. */
    public boolean anySince(long nanos) {
        return any && lastAnswerNanos - nanos >= 0;
    }

    /** Nanoseconds since the last answer on a fresh connection; a very long time if none. */
    public long ageNanos() {
        return any ? System.nanoTime() - lastAnswerNanos : Long.MAX_VALUE;
    }
}
