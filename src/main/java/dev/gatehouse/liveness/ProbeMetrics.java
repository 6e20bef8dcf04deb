package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.Consumer;

/** Times the answered probes of a connector, and counts the failed ones by their failure. */
class ProbeMetrics implements Consumer<ProbeResult> {

    private final MeterRegistry registry;
    private final Timer answered;
    private final String connector;

    ProbeMetrics(MeterRegistry registry, ConnectorName connector) {
        this.registry = registry;
        this.connector = connector.tag();
        this.answered =
                Timer.builder("gatehouse.connector.probe")
                        .description("Time until a probe on a fresh connection was answered")
                        .tag("connector", this.connector)
                        .register(registry);
    }

    @Override
    public void accept(ProbeResult result) {
        switch (result) {
            case ProbeResult.Answered(var took) -> answered.record(took);
            case ProbeResult.OtherCertificate(var took, _) -> answered.record(took);
            case ProbeResult.Failed(var failure, _) ->
                    registry.counter(
                                    "gatehouse.connector.probe.failures",
                                    "connector",
                                    connector,
                                    "failure",
                                    failure.name().toLowerCase(Locale.ROOT))
                            .increment();
        }
    }
}
