package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorVitals;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a verdict is made of.
 *
 * @param probes what the probes have come to
 * @param visitorAnswered when a visitor on a fresh connection was last answered, or null
 * @param vitals what the connector's parts look like
 * @param descriptorsOutSince since when the process has been out of file descriptors, or null
 * @param late by how much the watch or a probe was held up since the last look
 * @param now when the look is
 */
record Facts(
        ProbeTally probes,
        @Nullable Instant visitorAnswered,
        ConnectorVitals vitals,
        @Nullable Instant descriptorsOutSince,
        Duration late,
        Instant now) {

    /** When anybody on a fresh connection was last answered, or null if nobody was. */
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

    /** How long the probe that runs now has waited. */
    Duration waiting() {
        return probes.began() == null ? Duration.ZERO : Duration.between(probes.began(), now);
    }
}
