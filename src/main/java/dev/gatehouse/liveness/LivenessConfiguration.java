package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.tls.ServedCertificate;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LivenessConfiguration {

    private final Clock clock = Clock.systemUTC();

    @Bean
    ConnectorWatch httpWatch(Connectors connectors, LivenessProperties properties) {
        return watch(ConnectorName.HTTP, connectors, properties, PingProbe.Transport.PLAIN);
    }

    @Bean
    ConnectorWatch httpsWatch(
            Connectors connectors, LivenessProperties properties, ServedCertificate certificate) {
        return watch(
                ConnectorName.HTTPS,
                connectors,
                properties,
                new ExactCertificateTransport(certificate::leaf));
    }

    private ConnectorWatch watch(
            ConnectorName name,
            Connectors connectors,
            LivenessProperties properties,
            PingProbe.Transport transport) {
        PingProbe probe =
                new PingProbe(
                        () -> connectors.localAddress(name), properties.probeTimeout(), transport);
        return new ConnectorWatch(name, probe, properties.probeInterval(), clock);
    }

    /** Health component {@code http}. */
    @Bean
    HealthIndicator httpHealthIndicator(ConnectorWatch httpWatch) {
        return new ConnectorHealthIndicator(httpWatch, clock);
    }

    /** Health component {@code https}. */
    @Bean
    HealthIndicator httpsHealthIndicator(ConnectorWatch httpsWatch) {
        return new ConnectorHealthIndicator(httpsWatch, clock);
    }

    @Bean
    LivenessMetrics livenessMetrics(List<ConnectorWatch> watches) {
        return new LivenessMetrics(watches);
    }
}
