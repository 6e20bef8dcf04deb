package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tls.ProbeHandshake;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LivenessProperties.class)
class LivenessConfiguration {

    private final Clock clock = new MonotonicClock(Instant.now());

    @Bean
    ConnectorEvents connectorEvents() {
        return new ConnectorEvents(Clock.systemUTC());
    }

    @Bean
    WatchedConnector watchedHttp(
            PeriodicTasks tasks,
            Connectors connectors,
            LivenessProperties properties,
            ConnectorEvents events,
            MeterRegistry registry) {
        return WatchedConnector.of(
                ConnectorName.HTTP,
                tasks,
                connectors,
                PingProbe.Transport.PLAIN,
                properties,
                events,
                new ProbeTimer(registry, ConnectorName.HTTP),
                clock);
    }

    @Bean
    WatchedConnector watchedHttps(
            PeriodicTasks tasks,
            Connectors connectors,
            LivenessProperties properties,
            ConnectorEvents events,
            MeterRegistry registry,
            ProbeHandshake handshake) {
        return WatchedConnector.of(
                ConnectorName.HTTPS,
                tasks,
                connectors,
                socket -> {
                    ProbeHandshake.Connection tls = handshake.over(socket);
                    return new PingProbe.Opened(tls.socket(), tls.difference());
                },
                properties,
                events,
                new ProbeTimer(registry, ConnectorName.HTTPS),
                clock);
    }

    /** Health component {@code http}. */
    @Bean
    HealthIndicator httpHealthIndicator(
            WatchedConnector watchedHttp, LivenessProperties properties) {
        return new ConnectorHealthIndicator(watchedHttp.watch(), properties.oldestVerdict(), clock);
    }

    /** Health component {@code https}. */
    @Bean
    HealthIndicator httpsHealthIndicator(
            WatchedConnector watchedHttps, LivenessProperties properties) {
        return new ConnectorHealthIndicator(
                watchedHttps.watch(), properties.oldestVerdict(), clock);
    }

    /** Health component {@code connectors}, of readiness. */
    @Bean
    HealthIndicator connectorsHealthIndicator(
            List<WatchedConnector> watched, LivenessProperties properties) {
        return new ConnectorsReadinessIndicator(
                watches(watched), properties.busyUnreadyAfter(), clock);
    }

    @Bean
    LivenessMetrics livenessMetrics(List<WatchedConnector> watched) {
        return new LivenessMetrics(watches(watched));
    }

    @Bean
    ConnectorsEndpoint connectorsEndpoint(
            Connectors connectors, List<WatchedConnector> watched, ConnectorEvents events) {
        return new ConnectorsEndpoint(connectors, watches(watched), events);
    }

    @Bean
    DrillEndpoint drillEndpoint(Connectors connectors, ConnectorEvents events) {
        return new DrillEndpoint(connectors, events);
    }

    private static List<ConnectorWatch> watches(List<WatchedConnector> watched) {
        return watched.stream().map(WatchedConnector::watch).toList();
    }
}
