package dev.gatehouse.tools.outbound;

import java.time.Duration;

/**
 * A moment by which something has to be over.
 *
 * @param nanos on the scale of {@link System#nanoTime}
 */
public record Deadline(long nanos) {

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** This one, or the duration from now, whichever comes first. */
    public Deadline orIn(Duration duration) {
        Deadline other = in(duration);
        return other.nanos - nanos < 0 ? other : this;
    }

    public boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** At least 1, since 0 means for ever to a socket. */
    int remainingMillis() {
        return Math.clamp((nanos - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }
}
