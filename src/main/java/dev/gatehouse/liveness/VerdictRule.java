package dev.gatehouse.liveness;

import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.Verdict.State;
import java.time.Instant;

/** From the last verdict and a new look, the next verdict: a pure function. */
final class VerdictRule {

    private static final int LOOKS_TO_DIE = 2;
    private static final int TIMEOUTS_TO_DIE = 3;

    private VerdictRule() {}

    static Verdict next(Verdict last, ProbeResult look, Instant now) {
        return switch (look) {
            case Answered(var took) ->
                    new Verdict(State.ALIVE, "answered in " + took.toMillis() + " ms", now, now, 0);
            case Failed failed -> afterFailure(last, failed, now);
        };
    }

    private static Verdict afterFailure(Verdict last, Failed failed, Instant now) {
        int failures = last.failures() + 1;
        State state = failures >= looksToDie(failed) ? State.DEAD : last.state();
        String reason = failed.failure() + ": " + failed.detail();
        return new Verdict(state, reason, now, last.lastEvidence(), failures);
    }

    /** A time-out is the weaker evidence: a busy connector is slow too. */
    private static int looksToDie(Failed failed) {
        return switch (failed.failure()) {
            case REFUSED, HANDSHAKE_FAILED, WRONG_ANSWER -> LOOKS_TO_DIE;
            case TIMED_OUT -> TIMEOUTS_TO_DIE;
        };
    }
}
