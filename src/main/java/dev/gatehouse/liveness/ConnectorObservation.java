package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.Workers;
import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.OtherCertificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a verdict on a connector is based on.
 *
 * @param probes results of the probes
 * @param visitorAnswered when a visitor on a fresh connection last got a good answer, or null
 * @param vitals state of the connector's threads, executor and connections
 * @param leaking whether this check and the one before saw permits of connections that no longer
 *     exist; connections that end together have left before their permits are given back
 * @param descriptorsOutSince since when the process has been out of file descriptors, or null
 * @param late delay of this check against its schedule
 * @param now time of this check
 */
record ConnectorObservation(
        ProbeHistory probes,
        @Nullable Instant visitorAnswered,
        ConnectorVitals vitals,
        boolean leaking,
        @Nullable Instant descriptorsOutSince,
        Duration late,
        Instant now) {

    private static final Duration WAITING_WORTH_TELLING = Duration.ofSeconds(1);

    /** When a fresh connection last got a good answer, or null if none did. */
    @Nullable Instant lastEvidence() {
        Instant probe = probes.lastAnswered();
        if (probe == null || visitorAnswered == null) {
            return probe == null ? visitorAnswered : probe;
        }
        return probe.isAfter(visitorAnswered) ? probe : visitorAnswered;
    }

    boolean isAnsweredSince(Instant then) {
        Instant evidence = lastEvidence();
        return evidence != null && evidence.isAfter(then);
    }

    /** How long the current probe has been waiting, or zero. */
    Duration waiting() {
        return probes.began() == null ? Duration.ZERO : Duration.between(probes.began(), now);
    }

    /** A summary for the log and the health details. */
    String describe() {
        int failures = probes.failures();
        return describeProbe()
                + (failures > 0 ? ", " + failures + " in a row" : "")
                + "; "
                + describeLastEvidence()
                + "; "
                + describeConnections();
    }

    private String describeProbe() {
        if (waiting().compareTo(WAITING_WORTH_TELLING) > 0) {
            return "probe waiting for " + waiting().toMillis() + " ms";
        }
        return switch (probes.last()) {
            case Answered(var took) -> "probe answered in " + took.toMillis() + " ms";
            case OtherCertificate(var took, var detail) ->
                    "probe answered in " + took.toMillis() + " ms, but " + detail;
            case Failed(var failure, var detail) -> "probe " + failure + ": " + detail;
            case null -> "not probed yet";
        };
    }

    private String describeLastEvidence() {
        Instant evidence = lastEvidence();
        return evidence == null
                ? "no answer yet"
                : "last answer on a fresh connection "
                        + Duration.between(evidence, now).toMillis()
                        + " ms ago";
    }

    private String describeConnections() {
        return vitals.permits()
                + (vitals.limit() > 0 ? " of " + vitals.limit() : "")
                + " connection permits taken, "
                + vitals.live()
                + " live"
                + (vitals.workers() == Workers.WORKING ? "" : "; workers " + vitals.workers());
    }
}
