package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The certificates that clients receive, and the reason why one is not served. Out of service when
 * the default one has expired, since every client refuses it; UP before, and whatever became of a
 * reload: the old one is served. For the readiness group and never for liveness, since a restart
 * changes nothing.
 */
class CertificateHealthIndicator extends AbstractHealthIndicator {

    private final ServedBundles served;
    private final CheckedSslBundles bundles;
    private final ObservedCertificates observed;
    private final ReloadRecord record;
    private final @Nullable ObtainedCertificate obtained;
    private final Clock clock;

    CertificateHealthIndicator(
            ServedBundles served,
            CheckedSslBundles bundles,
            ObservedCertificates observed,
            ReloadRecord record,
            @Nullable ObtainedCertificate obtained,
            Clock clock) {
        this.served = served;
        this.bundles = bundles;
        this.observed = observed;
        this.record = record;
        this.obtained = obtained;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (isExpired(leaf(served.byDefault())) || (obtained != null && obtained.isUnready())) {
            builder.outOfService();
        } else {
            builder.up();
        }
        if (obtained != null) {
            builder.withDetails(obtained.healthDetails());
        }
        served.all().forEach(bundle -> builder.withDetail(bundle.name(), details(bundle)));
    }

    /** As received, or before that as configured. */
    private X509Certificate leaf(ServedBundle bundle) {
        return observed.leaf(bundle.name()).orElseGet(() -> bundles.leaf(bundle.name()));
    }

    private boolean isExpired(X509Certificate leaf) {
        return leaf.getNotAfter().toInstant().isBefore(clock.instant());
    }

    private Map<String, Object> details(ServedBundle bundle) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(
                "onWire",
                observed.leaf(bundle.name())
                        .map(Certificates::describe)
                        .orElse("no handshake yet"));
        details.put("expired", isExpired(leaf(bundle)));
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
