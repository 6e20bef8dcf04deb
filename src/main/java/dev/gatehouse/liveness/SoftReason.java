package dev.gatehouse.liveness;

import java.time.Duration;
import java.time.Instant;

/** Of a connector that bears no hard sign: what it is, and what excuses it if it is slow. */
final class SoftReason {

    private static final int FAILURES_TO_DIE = 3;

    private final Thresholds thresholds;

    SoftReason(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    Reason of(Verdict last, Facts facts) {
        boolean failing = facts.probes().failures() > 0;
        if (!failing && !isSlow(facts)) {
            return Reason.ANSWERS;
        }
        if (isWithinDescriptorGrace(facts)) {
            return Reason.OUT_OF_DESCRIPTORS;
        }
        return failing ? whenFailing(last, facts) : Reason.SLOW_PROBE;
    }

    private Reason whenFailing(Verdict last, Facts facts) {
        if (isVisitorAnsweredMeanwhile(last, facts)) {
            return Reason.VISITORS_ANSWERED;
        }
        if (isLate(facts)) {
            return Reason.WATCH_LATE;
        }
        if (facts.vitals().isAtLimit()) {
            return Reason.LIMIT_REACHED;
        }
        if (isOverloaded(facts)) {
            return Reason.OVERLOADED;
        }
        if (facts.descriptorsOutSince() != null && isUnansweredForLong(facts)) {
            return Reason.OUT_OF_DESCRIPTORS_FOR_LONG;
        }
        if (isOverloadOver(last, facts)) {
            return Reason.UNANSWERED;
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
        Duration took = facts.probes().took();
        return (took != null && took.compareTo(thresholds.slowProbe()) > 0)
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

    /** Whether nothing follows from what went unanswered until now. */
    boolean isExcused(Verdict last, Facts facts, Reason reason) {
        return reason.isExcuse() || isLate(facts) || isOverloadOver(last, facts);
    }

    /** The work that waited has got its turn; the probe that waited with it may yet fail. */
    private boolean isOverloadOver(Verdict last, Facts facts) {
        return last.reason() == Reason.OVERLOADED
                && facts.vitals().workLate().compareTo(thresholds.slowProbe()) <= 0;
    }

    private boolean isUnansweredForLong(Facts facts) {
        return facts.probes().failures() >= FAILURES_TO_DIE
                && !facts.isAnsweredSince(facts.now().minus(thresholds.softDeadAfter()));
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
        return switch (facts.vitals().workers()) {
            case POOL_STALLED -> Reason.WORKERS_BLOCKED;
            case CARRIERS_STALLED -> Reason.CARRIERS_STALLED;
            case WORKING, SHUT_DOWN -> Reason.SILENT;
        };
    }
}
