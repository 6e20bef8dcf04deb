package dev.gatehouse.redirect;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one through a minute, whatever the crowd: for log lines that a stranger can provoke. */
class EveryMinute {

    private static final long MINUTE = 60_000;

    private final InstantSource clock;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    EveryMinute(InstantSource clock) {
        this.clock = clock;
    }

    boolean tryPass() {
        long now = clock.millis();
        long due = next.get();
        return now >= due && next.compareAndSet(due, now + MINUTE);
    }
}
