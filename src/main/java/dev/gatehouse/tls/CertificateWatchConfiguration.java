package dev.gatehouse.tls;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks at the certificates on the wire, and says what was seen. */
@Configuration(proxyBeanMethods = false)
class CertificateWatchConfiguration {

    private final Clock clock = Clock.systemUTC();

    @Bean
    ObservedCertificates observedCertificates() {
        return new ObservedCertificates();
    }

    @Bean
    ProbeHandshake probeHandshake(
            ServedBundles served, CheckedSslBundles bundles, ObservedCertificates observed) {
        return new ProbeHandshake(served, bundles, observed);
    }

    @Bean
    PeriodicTask certificateWatch(
            PeriodicTasks tasks,
            ServedBundles served,
            ServedCertificate certificate,
            CheckedSslBundles bundles,
            ProbeHandshake probe,
            ObservedCertificates observed,
            ReloadRecord record,
            Connectors connectors,
            SelfSignedBundleRegistrar selfSigned,
            TlsProperties properties) {
        CertificateWatch watch =
                new CertificateWatch(
                        served,
                        bundles,
                        probe,
                        () -> connectors.get(ConnectorName.HTTPS).localAddress(),
                        observed,
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

    /** Health component {@code certificate}. */
    @Bean
    HealthIndicator certificateHealthIndicator(
            ServedBundles served,
            CheckedSslBundles bundles,
            ObservedCertificates observed,
            ReloadRecord record,
            ObjectProvider<ObtainedCertificate> obtained) {
        return new CertificateHealthIndicator(
                served, bundles, observed, record, obtained.getIfAvailable(), clock);
    }

    @Bean
    CertificateMetrics certificateMetrics(
            ServedBundles served,
            CheckedSslBundles bundles,
            ObservedCertificates observed,
            ReloadRecord record) {
        return new CertificateMetrics(served, bundles, observed, record, clock);
    }
}
