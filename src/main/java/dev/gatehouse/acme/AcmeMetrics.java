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
import java.util.function.Supplier;

/** When the certificate is renewed and ends, and how attempts failed. */
class AcmeMetrics implements MeterBinder {

    private static final String REPLACED = "; in the next release only as a timestamp";
    private static final double SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

    private final AcmeState state;
    private final Clock clock;

    AcmeMetrics(AcmeState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        time(registry, "last.success", "Time of the last certificate", state::lastSuccess);
        time(registry, "next.renewal", "Time of the next renewal", state::renewal);
        time(registry, "certificate.expiry", "Time when the certificate expires", this::end);
        TimeGauge.builder(
                        "gatehouse.acme.last.success",
                        () -> -secondsUntil(state.lastSuccess()),
                        TimeUnit.SECONDS)
                .description("Seconds since a certificate was obtained" + REPLACED)
                .register(registry);
        TimeGauge.builder(
                        "gatehouse.acme.next.renewal",
                        () -> secondsUntil(state.renewal()),
                        TimeUnit.SECONDS)
                .description("Seconds until the next renewal" + REPLACED)
                .register(registry);
        Gauge.builder("gatehouse.acme.days.left", () -> secondsUntil(end()) / SECONDS_OF_DAY)
                .description("Days until the certificate expires" + REPLACED)
                .register(registry);
        for (FailureKind kind : FailureKind.values()) {
            FunctionCounter.builder("gatehouse.acme.failures", state, s -> s.failures(kind))
                    .description("Attempts to obtain a certificate that failed, by reason")
                    .tag("kind", kind.tag())
                    .register(registry);
        }
    }

    private static void time(
            MeterRegistry registry,
            String name,
            String description,
            Supplier<Optional<Instant>> time) {
        TimeGauge.builder(
                        "gatehouse.acme." + name + ".timestamp",
                        () -> time.get().map(at -> (double) at.getEpochSecond()).orElse(Double.NaN),
                        TimeUnit.SECONDS)
                .description(description + ", in seconds since 1970; NaN before the first")
                .register(registry);
    }

    private Optional<Instant> end() {
        return state.served().map(file -> file.leaf().getNotAfter().toInstant());
    }

    private double secondsUntil(Optional<Instant> time) {
        return time.map(at -> (double) Duration.between(clock.instant(), at).toSeconds())
                .orElse(Double.NaN);
    }
}
