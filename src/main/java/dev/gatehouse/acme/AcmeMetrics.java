package dev.gatehouse.acme;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** When the certificate is renewed and ends, and how attempts failed. */
class AcmeMetrics implements MeterBinder {

    private static final double SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

    private final AcmeState state;
    private final Clock clock;

    AcmeMetrics(AcmeState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "gatehouse.acme.last.success",
                        () -> -secondsUntil(state.lastSuccess()),
                        TimeUnit.SECONDS)
                .description("Time since the last certificate was obtained; NaN before the first")
                .register(registry);
        TimeGauge.builder(
                        "gatehouse.acme.next.renewal",
                        () -> secondsUntil(state.renewal()),
                        TimeUnit.SECONDS)
                .description("Time until the certificate is renewed, negative while it is overdue")
                .register(registry);
        Gauge.builder("gatehouse.acme.days.left", () -> secondsUntil(end()) / SECONDS_OF_DAY)
                .description("Days until the obtained certificate expires; NaN before the first")
                .register(registry);
        for (FailureKind kind : FailureKind.values()) {
            FunctionCounter.builder("gatehouse.acme.failures", state, s -> s.failures(kind))
                    .description("Attempts to obtain a certificate that failed, by reason")
                    .tag("kind", kind.tag())
                    .register(registry);
        }
    }

    private Optional<Instant> end() {
        return state.served().map(file -> file.leaf().getNotAfter().toInstant());
    }

    private double secondsUntil(Optional<Instant> time) {
        return time.map(at -> (double) Duration.between(clock.instant(), at).toSeconds())
                .orElse(Double.NaN);
    }
}
