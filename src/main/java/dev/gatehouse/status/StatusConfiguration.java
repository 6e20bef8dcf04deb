package dev.gatehouse.status;

import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tls.ServedCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.registry.HealthContributorRegistry;
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
    ConnectorNumbers connectorNumbers(ObjectProvider<MeterRegistry> meters) {
        return new ConnectorNumbers(meters::getObject);
    }

    @Bean
    Observatory observatory(HealthContributorRegistry registry, ConnectorNumbers numbers) {
        return new Observatory(new HealthSight(registry), numbers, clock);
    }

    @Bean
    CertificateNews certificateNews(Observatory observatory) {
        return new CertificateNews(observatory);
    }

    @Bean
    StatusMetrics statusMetrics(Observatory observatory) {
        return new StatusMetrics(observatory);
    }

    @Bean
    PeriodicTask statusHistoryTask(
            PeriodicTasks tasks, Observatory observatory, StatusProperties properties) {
        return tasks.add("status-history", properties.lookInterval(), observatory::look);
    }

    @Bean
    @Lazy
    StatusReport statusReport(
            Observatory observatory, ServedCertificate certificate, ConnectorNumbers numbers) {
        return new StatusReport(observatory, certificate, numbers, clock);
    }

    @Bean
    @Lazy
    StatusStream statusStream(Observatory observatory, StatusProperties properties) {
        return new StatusStream(observatory, properties.watchers());
    }
}
