package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.Workers;
import dev.gatehouse.liveness.ProbeResult.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the last verdict and new facts whether a connector is alive, busy or dead. A pure
 * function, drawn in docs/liveness.md.
 *
 * <p>A <em>definite failure</em> is what no busy connector shows, such as a dead acceptor thread:
 * seen in two checks in a row, it means DEAD. Without one, a connector is dead only if no fresh
 * connection got a good answer for a long time, and nothing excuses that.
 */
final class VerdictRule {

    private static final int CHECKS_TO_CONFIRM = 2;
    private static final int HANDSHAKE_FAILURES_TO_CONFIRM = 3;
    private static final int PROBE_FAILURES_TO_CONFIRM = 3;

    private final Thresholds thresholds;

    VerdictRule(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * The limits of the rule.
     *
     * @param slowProbe a probe that takes longer is slow
     * @param softDeadAfter no good answer for this long means dead
     * @param descriptorGrace time for which being out of file descriptors means busy
     * @param lateAfter a check that is later than this excuses missing answers
     */
    record Thresholds(
            Duration slowProbe,
            Duration softDeadAfter,
            Duration descriptorGrace,
            Duration lateAfter) {}

    Verdict next(Verdict last, ConnectorObservation facts) {
        VerdictReason failure = definiteFailure(last, facts);
        if (failure != null) {
            return afterDefiniteFailure(last, failure, facts);
        }
        if (last.isDead() && !facts.isAnsweredSince(last.since())) {
            return last.repeatedAt(facts.now());
        }
        return verdict(last, facts, reasonWithoutDefiniteFailure(last, facts), 0);
    }

    private static @Nullable VerdictReason definiteFailure(
            Verdict last, ConnectorObservation facts) {
        VerdictReason missing = missingPart(facts.vitals());
        if (missing != null) {
            return missing;
        }
        if (facts.isAnsweredSince(last.at())) {
            return null;
        }
        if (facts.leaking()) {
            return VerdictReason.PERMITS_LEAKED;
        }
        if (facts.probes().failedBy(Failure.REFUSED)) {
            return VerdictReason.REFUSED;
        }
        // Without a file descriptor no handshake succeeds, whatever TLS is configured with.
        return facts.probes().handshakeFailures() >= HANDSHAKE_FAILURES_TO_CONFIRM
                        && facts.descriptorsOutSince() == null
                ? VerdictReason.HANDSHAKE_FAILS
                : null;
    }

    /** Without one of these parts the connector answers no client, whatever it answered before. */
    private static @Nullable VerdictReason missingPart(ConnectorVitals vitals) {
        if (!vitals.started()) {
            return VerdictReason.NOT_STARTED;
        }
        if (vitals.acceptorGone()) {
            return VerdictReason.ACCEPTOR_GONE;
        }
        if (vitals.pollerGone()) {
            return VerdictReason.POLLER_GONE;
        }
        return vitals.workers() == Workers.SHUT_DOWN ? VerdictReason.WORKERS_SHUT_DOWN : null;
    }

    private Verdict afterDefiniteFailure(
            Verdict last, VerdictReason failure, ConnectorObservation facts) {
        int checks = last.suspectedChecks() + 1;
        if (last.isDead() || (checks >= CHECKS_TO_CONFIRM && isConfirmed(failure, facts))) {
            return verdict(last, facts, failure, checks);
        }
        return last.suspected(describe(failure, facts), facts.now(), checks);
    }

    /** Two checks may see the same probe, and one refused connection is not two. */
    private static boolean isConfirmed(VerdictReason failure, ConnectorObservation facts) {
        return failure != VerdictReason.REFUSED || facts.probes().failures() >= CHECKS_TO_CONFIRM;
    }

    private VerdictReason reasonWithoutDefiniteFailure(Verdict last, ConnectorObservation facts) {
        boolean failing = facts.probes().failures() > 0;
        if (!failing && !isSlow(facts)) {
            return VerdictReason.ANSWERS;
        }
        if (isWithinDescriptorGrace(facts)) {
            return VerdictReason.OUT_OF_DESCRIPTORS;
        }
        return failing ? reasonWhenProbeFails(last, facts) : VerdictReason.SLOW_PROBE;
    }

    private VerdictReason reasonWhenProbeFails(Verdict last, ConnectorObservation facts) {
        if (isVisitorAnsweredMeanwhile(last, facts)) {
            return VerdictReason.VISITORS_ANSWERED;
        }
        if (isLate(facts)) {
            return VerdictReason.WATCH_LATE;
        }
        if (facts.vitals().isAtLimit()) {
            return VerdictReason.LIMIT_REACHED;
        }
        if (isOverloaded(facts)) {
            return VerdictReason.OVERLOADED;
        }
        if (facts.descriptorsOutSince() != null && isUnansweredForLong(facts)) {
            return VerdictReason.OUT_OF_DESCRIPTORS_FOR_LONG;
        }
        if (isOverloadOver(last, facts)) {
            return VerdictReason.UNANSWERED;
        }
        return isSilentTooLong(last, facts) ? reasonOfSilence(facts) : VerdictReason.UNANSWERED;
    }

    /** Since the failed probe began, or since the last check where it failed at once. */
    private static boolean isVisitorAnsweredMeanwhile(Verdict last, ConnectorObservation facts) {
        Instant failureBegan = facts.probes().failureBegan();
        return facts.isAnsweredSince(last.at())
                || (failureBegan != null && facts.isAnsweredSince(failureBegan));
    }

    private boolean isSlow(ConnectorObservation facts) {
        Duration took = facts.probes().took();
        return (took != null && took.compareTo(thresholds.slowProbe()) > 0)
                || facts.waiting().compareTo(thresholds.slowProbe()) > 0;
    }

    private boolean isLate(ConnectorObservation facts) {
        return facts.late().compareTo(thresholds.lateAfter()) > 0;
    }

    /** Work that waits longer than a silence may last is stuck, not overloaded. */
    private boolean isOverloaded(ConnectorObservation facts) {
        Duration late = facts.vitals().workLate();
        return late.compareTo(thresholds.slowProbe()) > 0
                && late.compareTo(thresholds.softDeadAfter()) < 0;
    }

    /** The waiting work was done; the probe that waited with it may still fail. */
    private boolean isOverloadOver(Verdict last, ConnectorObservation facts) {
        return last.reason() == VerdictReason.OVERLOADED
                && facts.vitals().workLate().compareTo(thresholds.slowProbe()) <= 0;
    }

    private boolean isUnansweredForLong(ConnectorObservation facts) {
        return facts.probes().failures() >= PROBE_FAILURES_TO_CONFIRM
                && !facts.isAnsweredSince(facts.now().minus(thresholds.softDeadAfter()));
    }

    private boolean isWithinDescriptorGrace(ConnectorObservation facts) {
        Instant since = facts.descriptorsOutSince();
        return since != null && since.plus(thresholds.descriptorGrace()).isAfter(facts.now());
    }

    private boolean isSilentTooLong(Verdict last, ConnectorObservation facts) {
        Instant evidence = facts.lastEvidence();
        Instant silentSince =
                evidence != null && evidence.isAfter(last.silentSince())
                        ? evidence
                        : last.silentSince();
        return facts.probes().failures() >= PROBE_FAILURES_TO_CONFIRM
                && !silentSince.plus(thresholds.softDeadAfter()).isAfter(facts.now());
    }

    private static VerdictReason reasonOfSilence(ConnectorObservation facts) {
        return switch (facts.vitals().workers()) {
            case POOL_STALLED -> VerdictReason.WORKERS_BLOCKED;
            case CARRIERS_STALLED -> VerdictReason.CARRIERS_STALLED;
            case WORKING, SHUT_DOWN -> VerdictReason.SILENT;
        };
    }

    private Verdict verdict(
            Verdict last, ConnectorObservation facts, VerdictReason reason, int checks) {
        boolean same = reason.state() == last.state();
        boolean excused = reason.isExcuse() || isLate(facts) || isOverloadOver(last, facts);
        return new Verdict(
                reason.state(),
                reason,
                describe(reason, facts),
                facts.now(),
                same ? last.since() : facts.now(),
                checks,
                excused ? facts.now() : last.silentSince());
    }

    private static String describe(VerdictReason reason, ConnectorObservation facts) {
        return reason.text() + " (" + facts.describe() + ")";
    }
}
