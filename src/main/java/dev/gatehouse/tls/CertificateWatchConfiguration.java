package dev.gatehouse.tls;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks at the certificates on the wire, and says what was seen. */
@Configuration(proxyBeanMethods = false)
class CertificateWatchConfiguration {

    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(10);

    private final Clock clock = Clock.systemUTC();

    @Bean
    WireCertificates wireCertificates(GuardedSslBundles bundles) {
        return new WireCertificates(bundles);
    }

    @Bean
    WatchLoop certificateWatch(
            ServedBundles served,
            GuardedSslBundles bundles,
            WireCertificates onWire,
            ReloadRecord record,
            Connectors connectors,
            SelfSignedBundleRegistrar selfSigned,
            TlsProperties properties) {
        WireLook wire = new WireLook(LOOK_TIMEOUT);
        CertificateWatch watch =
                new CertificateWatch(
                        served,
                        bundles,
                        bundle ->
                                wire.at(
                                        connectors.localAddress(ConnectorName.HTTPS),
                                        bundle.askedName()),
                        onWire,
                        record,
                        clock);
        Runnable look =
                () -> {
                    if (served.isSelfSigned()) {
                        selfSigned.renewIfDue(bundles.leaf(served.byDefault().name()), bundles);
                    }
                    watch.look();
                };
        return new WatchLoop(look, properties.checkInterval());
    }

    /** Health component {@code certificate}. */
    @Bean
    HealthIndicator certificateHealthIndicator(
            ServedBundles served, WireCertificates onWire, ReloadRecord record) {
        return new CertificateHealthIndicator(served, onWire, record, clock);
    }

    @Bean
    CertificateMetrics certificateMetrics(
            ServedBundles served, WireCertificates onWire, ReloadRecord record) {
        return new CertificateMetrics(served, onWire, record, clock);
    }
}
