package dev.gatehouse.tls;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
    PeriodicTask certificateWatch(
            PeriodicTasks tasks,
            ServedBundles served,
            ServedCertificate certificate,
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
                                        bundle.askedName(),
                                        keyAlgorithm(served, bundles, bundle)),
                        onWire,
                        record,
                        clock);
        return tasks.add(
                "certificates",
                properties.checkInterval(),
                () -> {
                    if (certificate.isSelfSigned()) {
                        selfSigned.renewIfDue(certificate.leaf(), bundles);
                    }
                    watch.look();
                });
    }

    /** Where one name has two certificates, the kind of key tells which is looked at. */
    private static @Nullable String keyAlgorithm(
            ServedBundles served, GuardedSslBundles bundles, ServedBundle bundle) {
        return served.second().isPresent() && bundle.serverNames().isEmpty()
                ? bundles.leaf(bundle.name()).getPublicKey().getAlgorithm()
                : null;
    }

    /** Health component {@code certificate}. */
    @Bean
    HealthIndicator certificateHealthIndicator(
            ServedBundles served,
            WireCertificates onWire,
            ReloadRecord record,
            ObjectProvider<ObtainedCertificate> obtained) {
        return new CertificateHealthIndicator(
                served, onWire, record, obtained.getIfAvailable(), clock);
    }

    @Bean
    CertificateMetrics certificateMetrics(
            ServedBundles served, WireCertificates onWire, ReloadRecord record) {
        return new CertificateMetrics(served, onWire, record, clock);
    }
}
