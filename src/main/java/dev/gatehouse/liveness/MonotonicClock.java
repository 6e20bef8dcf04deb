package dev.gatehouse.liveness;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Tells the time it started at plus what has passed since: setting the system's clock is no pause.
 */
final class MonotonicClock extends Clock {

    private final Instant start;
    private final long startNanos;

    MonotonicClock(Instant start) {
        this.start = start;
        this.startNanos = System.nanoTime();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this; // an instant is the same in every zone
    }
}
