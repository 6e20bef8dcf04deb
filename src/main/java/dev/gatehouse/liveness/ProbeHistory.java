package dev.gatehouse.liveness;

import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Results of the probes of one connector.
 *
 * @param last the last result, or null before the first
 * @param lastAnswered when a probe was last answered, or null if none was
 * @param began when the running probe began, or null if none runs
 * @param failures failed probes in a row
 * @param failureBegan when the last failed probe began
 * @param handshakeFailures failed handshakes in a row
 */
record ProbeHistory(
        @Nullable ProbeResult last,
        @Nullable Instant lastAnswered,
        @Nullable Instant began,
        int failures,
        @Nullable Instant failureBegan,
        int handshakeFailures) {

    static final ProbeHistory NONE = new ProbeHistory(null, null, null, 0, null, 0);

    ProbeHistory beginning(Instant now) {
        return new ProbeHistory(last, lastAnswered, now, failures, failureBegan, handshakeFailures);
    }

    ProbeHistory ended(ProbeResult result, Instant now) {
        return switch (result) {
            case Failed(var failure, _) ->
                    new ProbeHistory(
                            result,
                            lastAnswered,
                            null,
                            failures + 1,
                            began,
                            failure == Failure.HANDSHAKE_FAILED ? handshakeFailures + 1 : 0);
            case ProbeResult.Answered _, ProbeResult.OtherCertificate _ ->
                    new ProbeHistory(result, now, null, 0, null, 0);
        };
    }

    /** How long the last probe took, or null when it was not answered. */
    @Nullable Duration took() {
        return switch (last) {
            case ProbeResult.Answered(var took) -> took;
            case ProbeResult.OtherCertificate(var took, _) -> took;
            case Failed _ -> null;
            case null -> null;
        };
    }

    boolean failedBy(Failure failure) {
        return last instanceof Failed failed && failed.failure() == failure;
    }
}
