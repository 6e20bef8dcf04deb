package dev.gatehouse.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts logins by outcome, and logs the number of those that failed once a minute at most. */
class LoginRecord {

    static final String METRIC = "gatehouse.logins";

    private static final Logger logger = LoggerFactory.getLogger(LoginRecord.class);

    private final MeterRegistry registry;
    private final AtomicLong unloggedFailures = new AtomicLong();
    private final Bucket logLines;

    LoginRecord(MeterRegistry registry, TimeMeter clock) {
        this.registry = registry;
        for (LoginOutcome outcome : LoginOutcome.values()) {
            counter(outcome); // from zero on
        }
        this.logLines =
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(1).refillGreedy(1, Duration.ofMinutes(1)))
                        .withCustomTimePrecision(clock)
                        .build();
    }

    private Counter counter(LoginOutcome outcome) {
        return Counter.builder(METRIC)
                .description("Logins of the monitoring user by outcome")
                .tag("outcome", outcome.tag())
                .register(registry);
    }

    void add(LoginOutcome outcome, String peer) {
        counter(outcome).increment();
        if (outcome == LoginOutcome.CORRECT) {
            return;
        }
        unloggedFailures.incrementAndGet();
        if (logLines.tryConsume(1)) {
            logger.warn(
                    "Failed logins of the monitoring user since the last such line: {}, the last"
                            + " from {}",
                    unloggedFailures.getAndSet(0),
                    peer);
        }
    }
}
