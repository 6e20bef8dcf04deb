package dev.gatehouse.liveness;

import dev.gatehouse.liveness.Verdict.State;
import java.util.Optional;

/**
 * From the last verdict and the facts of a new look, the next verdict: a pure function. Drawn in
 * docs/liveness.md.
 */
final class VerdictRule {

    private static final int HARD_LOOKS_TO_DIE = 2;

    private final SoftReason soft;

    VerdictRule(Thresholds thresholds) {
        this.soft = new SoftReason(thresholds);
    }

    Verdict next(Verdict last, Facts facts) {
        Optional<Reason> sign = HardSign.of(facts, last.at());
        if (sign.isPresent()) {
            return afterHardSign(last, sign.get(), facts);
        }
        if (last.isDead() && !facts.isAnsweredSince(last.since())) {
            return stillDead(last, facts);
        }
        return verdict(last, facts, soft.of(last, facts), 0);
    }

    private Verdict afterHardSign(Verdict last, Reason sign, Facts facts) {
        int looks = last.hardLooks() + 1;
        if (last.isDead() || (looks >= HARD_LOOKS_TO_DIE && isSeenTwice(sign, facts))) {
            return verdict(last, facts, sign, looks);
        }
        return new Verdict(
                last.state(),
                last.reason(),
                describe(sign, facts),
                facts.now(),
                last.since(),
                looks,
                last.silentSince());
    }

    /** Two looks may fall between two probes, and one refusal is not two. */
    private static boolean isSeenTwice(Reason sign, Facts facts) {
        return sign != Reason.REFUSED || facts.probes().failures() >= HARD_LOOKS_TO_DIE;
    }

    private static Verdict stillDead(Verdict last, Facts facts) {
        return new Verdict(
                State.DEAD,
                last.reason(),
                last.evidence(),
                facts.now(),
                last.since(),
                0,
                last.silentSince());
    }

    private Verdict verdict(Verdict last, Facts facts, Reason reason, int hardLooks) {
        boolean same = reason.state() == last.state();
        return new Verdict(
                reason.state(),
                reason,
                describe(reason, facts),
                facts.now(),
                same ? last.since() : facts.now(),
                hardLooks,
                soft.isExcused(last, facts, reason) ? facts.now() : last.silentSince());
    }

    private static String describe(Reason reason, Facts facts) {
        return reason.text() + " (" + Evidence.of(facts) + ")";
    }
}
