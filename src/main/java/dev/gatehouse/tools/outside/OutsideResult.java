package dev.gatehouse.tools.outside;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of one probe from outside.
 *
 * @param httpProblem why plain HTTP is dead, or null
 * @param httpsProblem why HTTPS is dead, also by a certificate that browsers refuse, or null
 * @param redirectRight whether plain HTTP redirects to HTTPS on the same host
 * @param certificateEnds when the served certificate expires, or null where none was seen
 */
record OutsideResult(
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

    /** The result in a sentence. */
    String describe() {
        if (isUp()) {
            return redirectRight
                    ? "both ports answer"
                    : "both ports answer, but plain HTTP does not redirect to HTTPS";
        }
        return "http: %s; https: %s"
                .formatted(
                        httpProblem == null ? "answers" : httpProblem,
                        httpsProblem == null ? "answers" : httpsProblem);
    }
}
