package dev.gatehouse.tls;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Metrics of the served certificates: their expiry, and the outcomes of reloads. */
class CertificateMetrics implements MeterBinder {

    private final ServedBundles served;
    private final CheckedSslBundles bundles;
    private final ObservedCertificates observed;
    private final ReloadRecord record;
    private final Clock clock;

    CertificateMetrics(
            ServedBundles served,
            CheckedSslBundles bundles,
            ObservedCertificates observed,
            ReloadRecord record,
            Clock clock) {
        this.served = served;
        this.bundles = bundles;
        this.observed = observed;
        this.record = record;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ServedBundle bundle : served.all()) {
            TimeGauge.builder(
                            "gatehouse.tls.certificate.expiry.timestamp",
                            () -> expiry(bundle.name()).getEpochSecond(),
                            TimeUnit.SECONDS)
                    .description(
                            "Time when the certificate on the wire expires, in seconds since 1970")
                    .tag("certificate", bundle.name())
                    .register(registry);
            TimeGauge.builder(
                            "gatehouse.tls.certificate.expires",
                            () -> secondsLeft(bundle.name()),
                            TimeUnit.SECONDS)
                    .description(
                            "Seconds until the certificate on the wire expires; in the next"
                                    + " release only as a timestamp")
                    .tag("certificate", bundle.name())
                    .register(registry);
            Gauge.builder(
                            "gatehouse.tls.certificate.trouble",
                            () -> record.trouble(bundle.name()).isPresent() ? 1 : 0)
                    .description("1 while a changed certificate is not served, else 0")
                    .tag("certificate", bundle.name())
                    .register(registry);
        }
        for (ReloadOutcome outcome : ReloadOutcome.values()) {
            FunctionCounter.builder("gatehouse.tls.reload", record, r -> r.count(outcome))
                    .description("Changed certificates, by outcome")
                    .tag("outcome", outcome.tag())
                    .register(registry);
        }
    }

    private long secondsLeft(String bundle) {
        return Duration.between(clock.instant(), expiry(bundle)).toSeconds();
    }

    private Instant expiry(String bundle) {
        X509Certificate leaf = observed.leaf(bundle).orElseGet(() -> bundles.leaf(bundle));
        return leaf.getNotAfter().toInstant();
    }
}
