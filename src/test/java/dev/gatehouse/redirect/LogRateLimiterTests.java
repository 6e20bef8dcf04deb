package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogRateLimiterTests {

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final LogRateLimiter everyMinute =
            new LogRateLimiter(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void passesOnceWhenMinuteIsNotOver() {
        assertThat(everyMinute.tryPass()).isTrue();
        now.addAndGet(59_999);
        assertThat(everyMinute.tryPass()).isFalse();
        now.addAndGet(1);
        assertThat(everyMinute.tryPass()).isTrue();
        assertThat(everyMinute.tryPass()).isFalse();
    }
}
