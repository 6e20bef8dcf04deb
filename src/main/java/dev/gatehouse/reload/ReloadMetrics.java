package dev.gatehouse.reload;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Metrics of reloads: their outcomes, and whether the files say what is in force. */
class ReloadMetrics implements MeterBinder {

    private final ConfigurationReloader reloader;

    ReloadMetrics(ConfigurationReloader reloader) {
        this.reloader = reloader;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, ReloadReport.APPLIED, ConfigurationReloader::applied);
        count(registry, ReloadReport.REJECTED, ConfigurationReloader::rejected);
        Gauge.builder(
                        "gatehouse.configuration.rejected",
                        reloader,
                        r -> r.last().isRejected() ? 1 : 0)
                .description("1 while the configuration that was read last is not in force, else 0")
                .register(registry);
        Gauge.builder(
                        "gatehouse.configuration.needs.restart",
                        reloader,
                        r -> r.last().needsRestart().size())
                .description("Properties that changed and take effect with the next restart")
                .register(registry);
    }

    private void count(
            MeterRegistry registry, String outcome, ToDoubleFunction<ConfigurationReloader> count) {
        FunctionCounter.builder("gatehouse.configuration.reloads", reloader, count)
                .description("Reloads of the configuration, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }
}
