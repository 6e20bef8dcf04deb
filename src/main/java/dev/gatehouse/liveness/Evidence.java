package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.Workers;
import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.OtherCertificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts into words what a verdict was made of, for a log line and for health details. */
final class Evidence {

    private Evidence() {}

    static String of(Facts facts) {
        StringBuilder words = new StringBuilder(probe(facts));
        if (facts.probes().failures() > 0) {
            words.append(", ").append(facts.probes().failures()).append(" in a row");
        }
        words.append("; ").append(answered(facts));
        return words.append("; ").append(connections(facts.vitals())).toString();
    }

    private static String probe(Facts facts) {
        if (facts.waiting().toMillis() > 1000) {
            return "probe waiting for " + facts.waiting().toMillis() + " ms";
        }
        return describe(facts.probes().last());
    }

    private static String describe(@Nullable ProbeResult result) {
        return switch (result) {
            case Answered(var took) -> "probe answered in " + took.toMillis() + " ms";
            case OtherCertificate(var took, var detail) ->
                    "probe answered in " + took.toMillis() + " ms, but " + detail;
            case Failed(var failure, var detail) -> "probe " + failure + ": " + detail;
            case null -> "not probed yet";
        };
    }

    private static String answered(Facts facts) {
        Instant evidence = facts.lastEvidence();
        return evidence == null
                ? "nobody answered yet"
                : "last answer on a fresh connection "
                        + Duration.between(evidence, facts.now()).toMillis()
                        + " ms ago";
    }

    private static String connections(ConnectorVitals vitals) {
        String limit = vitals.limit() > 0 ? " of " + vitals.limit() : "";
        String workers = vitals.workers() == Workers.WORKING ? "" : "; workers " + vitals.workers();
        return vitals.permits()
                + limit
                + " connection permits taken, "
                + vitals.live()
                + " live"
                + workers;
    }
}
