package dev.gatehouse.connector;

import java.time.Duration;

/**
 * The evidence that one connector lives: a request answered on a fresh connection, from whomever it
 * came. Fresh is a connection accepted no longer ago than a probe would wait, so that a visitor
 * whom a busy server lets wait still counts, and one who connected before a fault does not for
 * long.
 */
public class FreshAnswers {

    private volatile long freshNanos = Duration.ofSeconds(10).toNanos();
    private volatile long lastAnswerNanos;
    private volatile boolean any;

    /** Takes connections for fresh that are no older than that. */
    public void setFresh(Duration age) {
        freshNanos = age.toNanos();
    }

    /** The first request on that connection has been answered. */
    void answered(ConnectionTrace connection) {
        long now = System.nanoTime();
        if (connection.ageNanos(now) <= freshNanos) {
            lastAnswerNanos = now;
            any = true;
        }
    }

    /** Nanoseconds since the last answer on a fresh connection; a very long time if none. */
    public long ageNanos() {
        return any ? System.nanoTime() - lastAnswerNanos : Long.MAX_VALUE;
    }
}
