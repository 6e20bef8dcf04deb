package dev.gatehouse.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The result of the last check of a connector.
 *
 * @param state alive, busy or dead
 * @param reason why
 * @param evidence what was seen, for the operator
 * @param at when the check was
 * @param since when this state began
 * @param suspectedChecks checks in a row, this one included, that saw a definite failure
 * @param silentSince since when no fresh connection got a good answer, without an excuse
 */
public record Verdict(
        State state,
        VerdictReason reason,
        String evidence,
        Instant at,
        Instant since,
        int suspectedChecks,
        Instant silentSince) {

    /** The state of a connector. */
    public enum State {
        /** A fresh connection is answered. */
        ALIVE,
        /** Slow or full for a good reason: a restart would not help. */
        BUSY,
        /** Serves no client, and will not recover by itself. */
        DEAD;

        /** As in metrics and class names. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Verdict first(Instant now) {
        return new Verdict(
                State.ALIVE,
                VerdictReason.NOT_LOOKED_AT,
                VerdictReason.NOT_LOOKED_AT.text(),
                now,
                now,
                0,
                now);
    }

    /** The same verdict, seen again. */
    Verdict repeatedAt(Instant now) {
        return new Verdict(state, reason, evidence, now, since, 0, silentSince);
    }

    /** The same state, with a definite failure that is not confirmed yet. */
    Verdict suspected(String newEvidence, Instant now, int checks) {
        return new Verdict(state, reason, newEvidence, now, since, checks, silentSince);
    }

    public boolean isDead() {
        return state == State.DEAD;
    }

    /** Whether visitors should go elsewhere: from the first definite failure on. */
    public boolean isUnready() {
        return isDead() || suspectedChecks > 0;
    }

    public boolean isOlderThan(Duration age, Instant now) {
        return at.plus(age).isBefore(now);
    }
}
