package dev.gatehouse.connector;

import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.connector.nio.UndecodableParameterResolver;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Duration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    ConnectorProperties.class,
    HttpProperties.class,
    ProxyProtocolProperties.class
})
class ConnectorConfiguration {

    @Bean
    Connectors connectors() {
        return new Connectors();
    }

    @Bean
    TwoConnectorsCustomizer twoConnectorsCustomizer(
            HttpProperties http,
            ConnectorProperties properties,
            FreshConnections freshConnections,
            ProxyProtocolProperties proxyProtocol,
            Connectors connectors,
            PeriodicTasks tasks) {
        return new TwoConnectorsCustomizer(
                http,
                properties,
                freshConnections,
                proxyProtocol.trustedNetworks(),
                connectors,
                tasks);
    }

    @Bean
    UndecodableParameterResolver undecodableParameterResolver() {
        return new UndecodableParameterResolver();
    }

    @Bean
    PeriodicTask scanReport(
            PeriodicTasks tasks, Connectors connectors, ConnectorProperties properties) {
        Duration interval = properties.scanReportInterval();
        return tasks.add("scan-report", interval, new ScanReport(connectors, interval)::write);
    }

    @Bean
    ConnectionDrainer connectionDrainer(Connectors connectors, LifecycleProperties properties) {
        return new ConnectionDrainer(
                connectors, new SendQueues(), properties.getTimeoutPerShutdownPhase());
    }

    @Bean
    SmartLifecycle drainAnnouncement(ConnectionDrainer drainer) {
        return drainer.announcement();
    }

    @Bean
    SmartLifecycle drainDelivery(ConnectionDrainer drainer) {
        return drainer.delivery();
    }

    @Bean
    ConnectorMetrics connectorMetrics(Connectors connectors) {
        return new ConnectorMetrics(connectors);
    }

    @Bean
    FilterRegistrationBean<PingFilter> pingFilter() {
        return FilterOrder.PING.register(new PingFilter());
    }
}
