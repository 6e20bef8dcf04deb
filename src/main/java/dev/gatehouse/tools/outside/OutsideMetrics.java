package dev.gatehouse.tools.outside;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is seen from outside, as gauges; NaN before the first result. None without a URL. */
class OutsideMetrics implements MeterBinder {

    private static final String PREFIX = "gatehouse.outside.";

    private final OutsideMonitor monitor;
    private final Clock clock;

    OutsideMetrics(OutsideMonitor monitor, Clock clock) {
        this.monitor = monitor;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (!monitor.isConfigured()) {
            return;
        }
        gauge("up", "1 while the port answers from outside", l -> l.isHttpUp() ? 1 : 0)
                .tag("protocol", "http")
                .register(registry);
        gauge("up", "1 while the port answers from outside", l -> l.isHttpsUp() ? 1 : 0)
                .tag("protocol", "https")
                .register(registry);
        gauge(
                        "redirect.right",
                        "1 while plain HTTP leads to HTTPS on the same host",
                        l -> l.redirectRight() ? 1 : 0)
                .register(registry);
        gauge(
                        "duration",
                        "Duration of the last probe from outside",
                        l -> l.took().toMillis() / 1000.0)
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "certificate.expiry.timestamp",
                        "Time when the certificate seen from outside expires, in seconds since"
                                + " 1970",
                        OutsideMetrics::expiry)
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "certificate.remaining",
                        "Seconds until the certificate seen from outside expires; in the next"
                                + " release only as a timestamp",
                        this::remaining)
                .baseUnit("seconds")
                .register(registry);
    }

    private static double expiry(OutsideResult result) {
        return result.certificateEnds() == null
                ? Double.NaN
                : result.certificateEnds().getEpochSecond();
    }

    private double remaining(OutsideResult result) {
        return result.certificateEnds() == null
                ? Double.NaN
                : Duration.between(clock.instant(), result.certificateEnds()).toSeconds();
    }

    private Gauge.Builder<OutsideMonitor> gauge(
            String name, String description, ToDoubleFunction<OutsideResult> value) {
        return Gauge.builder(PREFIX + name, monitor, w -> value(w.last(), value))
                .description(description);
    }

    private static double value(
            @Nullable OutsideResult result, ToDoubleFunction<OutsideResult> value) {
        return result == null ? Double.NaN : value.applyAsDouble(result);
    }
}
