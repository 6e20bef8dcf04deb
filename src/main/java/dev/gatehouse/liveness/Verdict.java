package dev.gatehouse.liveness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at a connector came to.
 *
 * @param state alive or dead; unknown before the first look
 * @param reason why, for the operator
 * @param at when the look was
 * @param lastEvidence when the connector last answered, or null if it never has
 * @param failures how many looks in a row have failed
 */
record Verdict(
        State state, String reason, Instant at, @Nullable Instant lastEvidence, int failures) {

    enum State {
        UNKNOWN,
        ALIVE,
        DEAD
    }

    static Verdict unknown(Instant now) {
        return new Verdict(State.UNKNOWN, "not probed yet", now, null, 0);
    }
}
