package dev.gatehouse.redirect;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Allows one line of the log a minute or an hour, where clients can cause more. */
class LogRateLimiter {

    private static final long MINUTE = 60_000;

    private static final long HOUR = 60 * MINUTE;

    private final InstantSource clock;
    private final long interval;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    LogRateLimiter(InstantSource clock) {
        this(clock, MINUTE);
    }

    private LogRateLimiter(InstantSource clock, long interval) {
        this.clock = clock;
        this.interval = interval;
    }

    static LogRateLimiter hourly(InstantSource clock) {
        return new LogRateLimiter(clock, HOUR);
    }

    boolean tryPass() {
        long now = clock.millis();
        long due = next.get();
        return now >= due && next.compareAndSet(due, now + interval);
    }
}
