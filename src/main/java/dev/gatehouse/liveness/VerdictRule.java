package dev.gatehouse.liveness;

import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.OtherCertificate;
import dev.gatehouse.liveness.Verdict.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * From the last verdict and the facts of a new look, the next verdict: a pure function. Drawn in
 * docs/liveness.md.
 */
final class VerdictRule {

    private static final int HARD_LOOKS_TO_DIE = 2;
    private static final int FAILURES_TO_DIE = 3;

    private final Thresholds thresholds;

    VerdictRule(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    Verdict next(Verdict last, Facts facts) {
        Optional<Reason> sign = HardSign.of(facts, last.at());
        if (sign.isPresent()) {
            return afterHardSign(last, sign.get(), facts);
        }
        if (last.isDead() && !facts.isAnsweredSince(last.since())) {
            return stillDead(last, facts);
        }
        return verdict(last, facts, softReason(last, facts), 0);
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

    private Reason softReason(Verdict last, Facts facts) {
        if (facts.probes().failures() == 0) {
            return isSlow(facts) ? Reason.SLOW_PROBE : Reason.ANSWERS;
        }
        if (isVisitorAnsweredMeanwhile(last, facts)) {
            return Reason.VISITORS_ANSWERED;
        }
        if (isLate(facts)) {
            return Reason.WATCH_LATE;
        }
        if (facts.vitals().isAtLimit()) {
            return Reason.LIMIT_REACHED;
        }
        if (isWithinDescriptorGrace(facts)) {
            return Reason.OUT_OF_DESCRIPTORS;
        }
        if (isOverloaded(facts)) {
            return Reason.OVERLOADED;
        }
        return isSilentTooLong(last, facts) ? silent(facts) : Reason.UNANSWERED;
    }

    /** Since the probe began that failed, or since the last look where it failed at once. */
    private static boolean isVisitorAnsweredMeanwhile(Verdict last, Facts facts) {
        Instant failureBegan = facts.probes().failureBegan();
        return facts.isAnsweredSince(last.at())
                || (failureBegan != null && facts.isAnsweredSince(failureBegan));
    }

    private boolean isSlow(Facts facts) {
        Duration took =
                switch (facts.probes().last()) {
                    case Answered(var answered) -> answered;
                    case OtherCertificate(var answered, _) -> answered;
                    case Failed _ -> Duration.ZERO;
                    case null -> Duration.ZERO;
                };
        return took.compareTo(thresholds.slowProbe()) > 0
                || facts.waiting().compareTo(thresholds.slowProbe()) > 0;
    }

    private boolean isLate(Facts facts) {
        return facts.late().compareTo(thresholds.lateAfter()) > 0;
    }

    /** Who is never served within the bound of a silence is not overloaded, but stuck. */
    private boolean isOverloaded(Facts facts) {
        Duration late = facts.vitals().workLate();
        return late.compareTo(thresholds.slowProbe()) > 0
                && late.compareTo(thresholds.softDeadAfter()) < 0;
    }

    private boolean isWithinDescriptorGrace(Facts facts) {
        Instant since = facts.descriptorsOutSince();
        return since != null && since.plus(thresholds.descriptorGrace()).isAfter(facts.now());
    }

    private boolean isSilentTooLong(Verdict last, Facts facts) {
        Instant evidence = facts.lastEvidence();
        Instant silentSince =
                evidence != null && evidence.isAfter(last.silentSince())
                        ? evidence
                        : last.silentSince();
        return facts.probes().failures() >= FAILURES_TO_DIE
                && !silentSince.plus(thresholds.softDeadAfter()).isAfter(facts.now());
    }

    private static Reason silent(Facts facts) {
        if (facts.descriptorsOutSince() != null) {
            return Reason.OUT_OF_DESCRIPTORS_FOR_LONG;
        }
        return switch (facts.vitals().workers()) {
            case POOL_STALLED -> Reason.WORKERS_BLOCKED;
            case CARRIERS_STALLED -> Reason.CARRIERS_STALLED;
            case WORKING, SHUT_DOWN -> Reason.SILENT;
        };
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
                reason.isExcuse() || isLate(facts) ? facts.now() : last.silentSince());
    }

    private static String describe(Reason reason, Facts facts) {
        return reason.text() + " (" + Evidence.of(facts) + ")";
    }
}
