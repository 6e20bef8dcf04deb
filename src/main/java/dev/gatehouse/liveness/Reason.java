package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;

/** Why a connector is alive, busy or dead. */
public enum Reason {
    /** Not probed yet. */
    NOT_LOOKED_AT(State.ALIVE, "not looked at yet"),
    /** A fresh connection is answered, and soon. */
    ANSWERS(State.ALIVE, "answers"),

    /** The probe is answered, or may yet be, but takes long. */
    SLOW_PROBE(State.BUSY, "answers slowly"),
    /** The probe fails, and visitors on fresh connections are answered. */
    VISITORS_ANSWERED(State.BUSY, "the probe fails, visitors are answered"),
    /** As many connections as are allowed are open, and live. */
    LIMIT_REACHED(State.BUSY, "the connection limit is full of live connections"),
    /** The process can open no further file or socket. */
    OUT_OF_DESCRIPTORS(State.BUSY, "out of file descriptors"),
    /** Work waits long for a thread, but gets one: more is asked than can be served. */
    OVERLOADED(State.BUSY, "overloaded, work waits for its turn"),
    /** The process itself was held up, so that nothing follows from a late answer. */
    WATCH_LATE(State.BUSY, "the watch itself was held up"),
    /** The probe has begun to fail, and it is too soon to say more. */
    UNANSWERED(State.BUSY, "the probe fails, too soon to say why"),

    /** Nothing listens on the port. */
    REFUSED(State.DEAD, "connections are refused"),
    /** The thread that accepts has ended. */
    ACCEPTOR_GONE(State.DEAD, "the acceptor thread is gone"),
    /** The thread that reads has ended. */
    POLLER_GONE(State.DEAD, "the poller thread is gone"),
    /** Stopped or paused. */
    NOT_STARTED(State.DEAD, "the connector is stopped or paused"),
    /** The executor refuses all work. */
    WORKERS_SHUT_DOWN(State.DEAD, "the executor has been shut down"),
    /** The limit is reached by permits that belong to no live connection. */
    PERMITS_LEAKED(State.DEAD, "connection permits have leaked"),
    /** TLS fails at once, again and again: what it is configured with does not serve. */
    HANDSHAKE_FAILS(State.DEAD, "the TLS handshake fails"),
    /** Every thread of the connector's pool is held. */
    WORKERS_BLOCKED(State.DEAD, "every worker thread is held"),
    /** No virtual thread of the process runs. */
    CARRIERS_STALLED(State.DEAD, "no virtual thread of the process gets to run"),
    /** No file descriptor was to be had for longer than a burst of visitors lasts. */
    OUT_OF_DESCRIPTORS_FOR_LONG(State.DEAD, "out of file descriptors for long"),
    /** No fresh connection has had a good answer for long, without a known reason. */
    SILENT(State.DEAD, "no fresh connection gets a good answer");

    private final State state;
    private final String text;

    Reason(State state, String text) {
        this.state = state;
        this.text = text;
    }

    public State state() {
        return state;
    }

    public String text() {
        return text;
    }

    /** Whether a restart of the connector may help: not with its configuration, nor with the process. */
    boolean isRestartable() {
        return state == State.DEAD && this != HANDSHAKE_FAILS && this != CARRIERS_STALLED;
    }

    /** Whether missing answers meanwhile prove nothing. */
    boolean isExcuse() {
        return this == LIMIT_REACHED || this == WATCH_LATE || this == OUT_OF_DESCRIPTORS;
    }
}
