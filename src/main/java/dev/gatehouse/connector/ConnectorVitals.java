package dev.gatehouse.connector;

import java.time.Duration;

/**
 * What a look at a connector's parts found. No state field of Tomcat's is among it that says
 * "running": they say so of the dead.
 *
 * @param started whether Tomcat has started it, and nobody stopped or paused it since
 * @param acceptorGone whether the thread that accepts has ended
 * @param pollerGone whether the thread that reads has ended
 * @param pollerSpinning whether that thread burns CPU time without bringing anything about
 * @param workers how the threads that process are
 * @param workLate how long a piece of work waits until they take it
 * @param permits connections that Tomcat counts against the limit; -1 where it counts none
 * @param limit the most connections that are configured, or -1 for any number
 * @param live connections that something will still happen to
 * @param tls whether it has what it needs for TLS, if it speaks TLS
 */
public record ConnectorVitals(
        boolean started,
        boolean acceptorGone,
        boolean pollerGone,
        boolean pollerSpinning,
        Workers workers,
        Duration workLate,
        long permits,
        int limit,
        int live,
        boolean tls) {

    /** Whether no further connection is accepted until another ends. */
    public boolean isAtLimit() {
        return limit > 0 && permits >= limit;
    }

    /** Whether the limit is reached by permits that mostly belong to no live connection. */
    public boolean isLeaking() {
        return isAtLimit() && live < permits / 2;
    }

    /** Whether a limit is configured that Tomcat no longer keeps, as after pause and resume. */
    public boolean isUnlimited() {
        return started && limit > 0 && permits < 0;
    }
}
