package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.FreshConnections;
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
    EventLog eventLog() {
        return new EventLog(Clock.systemUTC());
    }

    /** A visitor is evidence as long as a probe on the same connection would still wait. */
    @Bean
    FreshConnections freshConnections(LivenessProperties properties) {
        return new FreshConnections(properties.probeTimeout());
    }

    @Bean
    ConnectorMonitors connectorMonitors(
            PeriodicTasks tasks,
            Connectors connectors,
            LivenessProperties properties,
            EventLog events,
            MeterRegistry registry,
            ProbeHandshake handshake) {
        ConnectorMonitor http =
                new ConnectorMonitor(
                        connectors.get(ConnectorName.HTTP),
                        PingProbe.Transport.PLAIN,
                        new ProbeMetrics(registry, ConnectorName.HTTP),
                        properties,
                        events,
                        clock);
        ConnectorMonitor https =
                new ConnectorMonitor(
                        connectors.get(ConnectorName.HTTPS),
                        socket -> {
                            ProbeHandshake.Connection tls = handshake.over(socket);
                            return new PingProbe.Opened(tls.socket(), tls.difference());
                        },
                        new ProbeMetrics(registry, ConnectorName.HTTPS),
                        properties,
                        events,
                        clock);
        http.addTo(tasks);
        https.addTo(tasks);
        return new ConnectorMonitors(List.of(http, https));
    }

    /** Health component {@code http}. */
    @Bean
    HealthIndicator httpHealthIndicator(ConnectorMonitors monitors) {
        return new ConnectorHealthIndicator(() -> monitors.report(ConnectorName.HTTP));
    }

    /** Health component {@code https}. */
    @Bean
    HealthIndicator httpsHealthIndicator(ConnectorMonitors monitors) {
        return new ConnectorHealthIndicator(() -> monitors.report(ConnectorName.HTTPS));
    }

    /** Health component {@code connectors}, of readiness. */
    @Bean
    HealthIndicator connectorsHealthIndicator(
            ConnectorMonitors monitors, LivenessProperties properties) {
        return new ConnectorsReadinessIndicator(monitors, properties.busyUnreadyAfter(), clock);
    }

    @Bean
    LivenessMetrics livenessMetrics(ConnectorMonitors monitors) {
        return new LivenessMetrics(monitors);
    }

    @Bean
    ConnectorsEndpoint connectorsEndpoint(ConnectorMonitors monitors, EventLog events) {
        return new ConnectorsEndpoint(monitors, events);
    }

    @Bean
    DrillEndpoint drillEndpoint(Connectors connectors, EventLog events) {
        return new DrillEndpoint(connectors, events);
    }
}
