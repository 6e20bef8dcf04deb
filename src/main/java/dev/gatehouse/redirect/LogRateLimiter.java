package dev.gatehouse.redirect;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Allows one line of the log a minute, where clients can cause more. */
class LogRateLimiter {

    private static final long MINUTE = 60_000;

    private final InstantSource clock;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    LogRateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    boolean tryPass() {
        long now = clock.millis();
        long due = next.get();
        return now >= due && next.compareAndSet(due, now + MINUTE);
    }
}
