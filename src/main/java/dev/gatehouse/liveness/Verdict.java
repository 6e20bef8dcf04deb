package dev.gatehouse.liveness;

import java.time.Duration;
import java.time.Instant;

/**
 * What the last look at a connector came to.
 *
 * @param state alive, busy or dead
 * @param reason why
 * @param evidence what was seen, for the operator
 * @param at when the look was
 * @param since when this state began
 * @param hardLooks looks in a row, this one included, that found a sign no busy connector shows
 * @param silentSince since when nobody has been answered for no reason that excuses it
 */
record Verdict(
        State state,
        Reason reason,
        String evidence,
        Instant at,
        Instant since,
        int hardLooks,
        Instant silentSince) {

    /** What can be said of a connector. */
    enum State {
        /** A fresh connection is answered. */
        ALIVE,
        /** Slow or full, with a good reason: nothing that a restart would better. */
        BUSY,
        /** Serves nobody, and will not by itself. */
        DEAD
    }

    static Verdict first(Instant now) {
        return new Verdict(
                State.ALIVE, Reason.NOT_LOOKED_AT, Reason.NOT_LOOKED_AT.text(), now, now, 0, now);
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /** Whether visitors should go elsewhere: from the first hard look, before it is sure. */
    boolean isUnready() {
        return isDead() || hardLooks > 0;
    }

    boolean isOlderThan(Duration age, Instant now) {
        return at.plus(age).isBefore(now);
    }
}
