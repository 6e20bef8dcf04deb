package dev.gatehouse.tools.frontdoor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look from outside saw.
 *
 * @param httpProblem why plain HTTP is dead from there, or null where it answers
 * @param httpsProblem the same of HTTPS, a certificate that no browser takes included
 * @param redirectRight whether plain HTTP led to HTTPS on the same host
 * @param certificateEnds when the certificate on the wire ends, or null where none was seen
 */
record OutsideLook(
        Instant at,
        @Nullable String httpProblem,
        @Nullable String httpsProblem,
        boolean redirectRight,
        @Nullable Instant certificateEnds,
        Duration took) {

    boolean isHttpUp() {
        return httpProblem == null;
    }

    boolean isHttpsUp() {
        return httpsProblem == null;
    }

    boolean isUp() {
        return isHttpUp() && isHttpsUp();
    }

    /** In a sentence, for the operator. */
    String describe() {
        if (isUp()) {
            return redirectRight
                    ? "both doors answer"
                    : "both doors answer, but plain HTTP does not lead to HTTPS";
        }
        return "http: %s; https: %s"
                .formatted(
                        httpProblem == null ? "answers" : httpProblem,
                        httpsProblem == null ? "answers" : httpsProblem);
    }
}
