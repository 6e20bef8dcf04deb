package dev.gatehouse.connector;

import java.time.Duration;

/**
 * The time that a shutdown may take in all. The steps of a shutdown have it in common and do not
 * know each other: Spring would stop the one that knows before the one that is known.
 */
class GracePeriod {

    private final Duration longest;
    private volatile long begun = System.nanoTime();

    GracePeriod(Duration longest) {
        this.longest = longest;
    }

    /** Counts from now on. */
    void begin() {
        begun = System.nanoTime();
    }

    Duration left() {
        return longest.minusNanos(System.nanoTime() - begun);
    }
}
