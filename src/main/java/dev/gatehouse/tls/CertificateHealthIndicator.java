package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The certificates on the wire. Out of service when the default one has expired, since every client
 * refuses it; UP while it merely will, and whatever became of a reload: the old one is served. For
 * the readiness group and never for liveness, since a restart mends nothing.
 */
class CertificateHealthIndicator extends AbstractHealthIndicator {

    private final ServedBundles served;
    private final WireCertificates onWire;
    private final ReloadRecord record;
    private final @Nullable ObtainedCertificate obtained;
    private final Clock clock;

    CertificateHealthIndicator(
            ServedBundles served,
            WireCertificates onWire,
            ReloadRecord record,
            @Nullable ObtainedCertificate obtained,
            Clock clock) {
        this.served = served;
        this.onWire = onWire;
        this.record = record;
        this.obtained = obtained;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (isExpired(onWire.leaf(served.byDefault().name()))
                || (obtained != null && obtained.isUnready())) {
            builder.outOfService();
        } else {
            builder.up();
        }
        if (obtained != null) {
            builder.withDetails(obtained.healthDetails());
        }
        served.all().forEach(bundle -> builder.withDetail(bundle.name(), details(bundle)));
    }

    private boolean isExpired(X509Certificate leaf) {
        return leaf.getNotAfter().toInstant().isBefore(clock.instant());
    }

    private Map<String, Object> details(ServedBundle bundle) {
        X509Certificate leaf = onWire.leaf(bundle.name());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("onWire", Certificates.describe(leaf));
        details.put("expired", isExpired(leaf));
        record.trouble(bundle.name())
                .ifPresent(
                        trouble -> {
                            details.put("trouble", trouble.outcome().tag());
                            details.put("reason", trouble.reason());
                            details.put("since", trouble.since());
                        });
        return details;
    }
}
