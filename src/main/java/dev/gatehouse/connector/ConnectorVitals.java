package dev.gatehouse.connector;

import java.time.Duration;

/**
 * The state of a connector's threads, executor and connections. Tomcat's own "running" state is not
 * included: it says so of dead connectors too.
 *
 * @param started whether Tomcat has started it, and it is neither stopped nor paused
 * @param acceptorGone whether the acceptor thread has ended
 * @param pollerGone whether the poller thread has ended, or its selector is closed
 * @param pollerSpinning whether the poller thread uses CPU time without dispatching events
 * @param workers state of the executor
 * @param workLate how long a piece of work waits in the executor
 * @param permits connections that Tomcat counts against the limit, or -1 if it counts none
 * @param limit configured connection limit, or -1 for none
 * @param live connections that are processed, polled or kept for a request
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
        int live) {

    /** Whether no connection is accepted until another one ends. */
    public boolean isAtLimit() {
        return limit > 0 && permits >= limit;
    }

    /** Whether the limit is reached, mostly by permits of connections that no longer exist. */
    public boolean isLeaking() {
        return isAtLimit() && live < permits / 2;
    }

    /** Whether Tomcat no longer enforces the configured limit, as after pause and resume. */
    public boolean isUnlimited() {
        return started && limit > 0 && permits < 0;
    }
}
