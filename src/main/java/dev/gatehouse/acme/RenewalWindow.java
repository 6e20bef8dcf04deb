package dev.gatehouse.acme;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the certificate authority suggests to renew a certificate (RFC 9773, 4.1).
 *
 * @param askAgain when to ask for the window again
 * @param explanation URL of a page that says why, or null
 */
record RenewalWindow(Instant start, Instant end, Instant askAgain, @Nullable String explanation) {

    /** Limits of a server's Retry-After, and the time without one (RFC 9773, 4.3). */
    private static final Duration SOONEST = Duration.ofMinutes(1);

    private static final Duration LATEST = Duration.ofDays(1);
    static final Duration DEFAULT_PAUSE = Duration.ofHours(6);

    static RenewalWindow of(
            Instant start,
            Instant end,
            @Nullable Instant retryAfter,
            @Nullable String explanation,
            Instant now) {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("the renewal window ends before it starts");
        }
        Instant askAgain = retryAfter == null ? now.plus(DEFAULT_PAUSE) : retryAfter;
        if (askAgain.isBefore(now.plus(SOONEST))) {
            askAgain = now.plus(SOONEST);
        } else if (askAgain.isAfter(now.plus(LATEST))) {
            askAgain = now.plus(LATEST);
        }
        return new RenewalWindow(start, end, askAgain, explanation);
    }
}
