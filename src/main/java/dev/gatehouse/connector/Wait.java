package dev.gatehouse.connector;

import java.time.Duration;

/** A bounded wait in small steps, ended early by an interrupt. */
class Wait {

    private static final Duration STEP = Duration.ofMillis(20);

    private final long longest;
    private long since = System.nanoTime();

    private Wait(Duration longest) {
        this.longest = longest.toNanos();
    }

    static Wait atMost(Duration longest) {
        return new Wait(longest);
    }

    /** Counts from now on. */
    void beginAgain() {
        since = System.nanoTime();
    }

    boolean isOver() {
        return System.nanoTime() - since >= longest;
    }

    /** Rests for a step; false when the time is up. */
    boolean goesOn() {
        if (isOver()) {
            return false;
        }
        try {
            Thread.sleep(STEP);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
