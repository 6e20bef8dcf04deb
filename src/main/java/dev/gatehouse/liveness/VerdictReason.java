package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;

/** Why a connector is alive, busy or dead. */
public enum VerdictReason {
    /** Not checked yet. */
    NOT_LOOKED_AT(State.ALIVE, "not checked yet"),
    /** A fresh connection is answered in time. */
    ANSWERS(State.ALIVE, "answers"),

    /** The probe is answered slowly, or is still waiting. */
    SLOW_PROBE(State.BUSY, "answers slowly"),
    /** The probe fails, and visitors on fresh connections are answered. */
    VISITORS_ANSWERED(State.BUSY, "the probe fails, visitors are answered"),
    /** The connection limit is full of live connections. */
    LIMIT_REACHED(State.BUSY, "the connection limit is full of live connections"),
    /** The process has no free file descriptor. */
    OUT_OF_DESCRIPTORS(State.BUSY, "out of file descriptors"),
    /** Work waits long for a thread, but gets one: there is more load than capacity. */
    OVERLOADED(State.BUSY, "overloaded, work waits for its turn"),
    /** The check itself was late, so that a late answer proves nothing. */
    WATCH_LATE(State.BUSY, "the check itself was late"),
    /** The probe fails, for too short a time to tell why. */
    UNANSWERED(State.BUSY, "the probe fails, too soon to tell why"),

    /** Nothing listens on the port. */
    REFUSED(State.DEAD, "connections are refused"),
    /** The acceptor thread has ended. */
    ACCEPTOR_GONE(State.DEAD, "the acceptor thread is gone"),
    /** The poller thread has ended. */
    POLLER_GONE(State.DEAD, "the poller thread is gone"),
    /** Stopped or paused. */
    NOT_STARTED(State.DEAD, "the connector is stopped or paused"),
    /** The executor refuses all work. */
    WORKERS_SHUT_DOWN(State.DEAD, "the executor has been shut down"),
    /** The limit is reached by permits of connections that no longer exist. */
    PERMITS_LEAKED(State.DEAD, "connection permits have leaked"),
    /** Handshakes fail repeatedly: the TLS configuration does not work. */
    HANDSHAKE_FAILS(State.DEAD, "the TLS handshake fails"),
    /** Every thread of the connector's pool is blocked. */
    WORKERS_BLOCKED(State.DEAD, "every worker thread is held"),
    /** No virtual thread of the process runs. */
    CARRIERS_STALLED(State.DEAD, "no virtual thread of the process gets to run"),
    /** No file descriptor was free for longer than a burst of visitors lasts. */
    OUT_OF_DESCRIPTORS_FOR_LONG(State.DEAD, "out of file descriptors for long"),
    /** No fresh connection has had a good answer for long, without a known reason. */
    SILENT(State.DEAD, "no fresh connection gets a good answer");

    private final State state;
    private final String text;

    VerdictReason(State state, String text) {
        this.state = state;
        this.text = text;
    }

    public State state() {
        return state;
    }

    public String text() {
        return text;
    }

    /**
     * Whether a restart of the connector may help: not with its configuration, nor with the
     * process.
     */
    boolean isRestartable() {
        return state == State.DEAD && this != HANDSHAKE_FAILS && this != CARRIERS_STALLED;
    }

    /** Whether missing answers meanwhile prove nothing. */
    boolean isExcuse() {
        return this == LIMIT_REACHED || this == WATCH_LATE || this == OUT_OF_DESCRIPTORS;
    }
}
