package dev.gatehouse.status;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.ConnectorMonitors;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.PublicAddressCheck;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tls.ServedCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatusProperties.class)
@Import(StatusController.class)
class StatusConfiguration {

    private final Clock clock = Clock.systemUTC();

    @Bean
    StatusHistory statusHistory(
            ConnectorMonitors monitors,
            ObjectProvider<PublicAddressCheck> external,
            EventLog events) {
        return new StatusHistory(
                component ->
                        switch (component) {
                            case HTTP -> ComponentStatus.of(monitors.report(ConnectorName.HTTP));
                            case HTTPS -> ComponentStatus.of(monitors.report(ConnectorName.HTTPS));
                            case OUTSIDE ->
                                    external.stream()
                                            .flatMap(check -> check.result().stream())
                                            .map(ComponentStatus::of)
                                            .findFirst()
                                            .orElse(ComponentStatus.UNKNOWN);
                        },
                events,
                clock);
    }

    @Bean
    PeriodicTask statusHistoryTask(
            PeriodicTasks tasks, StatusHistory history, StatusProperties properties) {
        return tasks.add("status-history", properties.lookInterval(), history::record);
    }

    @Bean
    StatusMetrics statusMetrics(StatusHistory history) {
        return new StatusMetrics(history);
    }

    @Bean
    @Lazy
    StatusReport statusReport(
            StatusHistory history,
            ConnectorMonitors monitors,
            EventLog events,
            ServedCertificate certificate,
            MeterRegistry meters) {
        return new StatusReport(history, monitors, events, certificate, meters, clock);
    }

    @Bean
    @Lazy
    StatusStream statusStream(EventLog events, StatusProperties properties) {
        return new StatusStream(events, properties.watchers());
    }
}
