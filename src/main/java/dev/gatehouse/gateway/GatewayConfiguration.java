package dev.gatehouse.gateway;

import dev.gatehouse.connector.Networks;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    CurrentGateways currentGateways(GatewayProperties properties) {
        return new CurrentGateways(CurrentGateways.of(properties));
    }

    @Bean
    PeriodicTask gatewaySecretFiles(PeriodicTasks tasks, CurrentGateways gateways) {
        return tasks.add(
                "gateway-secrets",
                () -> gateways.get().secretRefresh(),
                () -> gateways.get().all().forEach(gateway -> gateway.secrets().refresh()));
    }

    @Bean
    TrustedProxies trustedProxies(GatewayProperties properties) {
        return new TrustedProxies(
                Networks.parse("gatehouse.trusted-proxies", properties.trustedProxies()));
    }

    @Bean
    ForwardedClients forwardedClients(TrustedProxies proxies) {
        return new ForwardedClients(proxies);
    }

    /** After Spring Boot's own customizer, which adds RemoteIpValve. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardingValveCustomizer() {
        return ForwardingValve::addTo;
    }
}
