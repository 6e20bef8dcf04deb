package dev.gatehouse.gateway;

import dev.gatehouse.connector.Networks;
import dev.gatehouse.gateway.GatewayProperties.GatewaySpec;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import java.util.List;
import java.util.stream.IntStream;
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
    Gateways gateways(GatewayProperties properties) {
        List<GatewaySpec> specs = properties.gateways();
        return new Gateways(
                IntStream.range(0, specs.size())
                        .mapToObj(i -> gateway("gatehouse.gateways[" + i + "]", specs.get(i)))
                        .toList());
    }

    private static Gateway gateway(String property, GatewaySpec spec) {
        return new Gateway(
                spec.name(),
                spec.header(),
                new GatewaySecrets(spec.name(), spec.secrets(), files(property, spec)),
                Networks.parse(property + ".networks", spec.networks()),
                PathPatterns.parse(property + ".paths", spec.paths()),
                spec.allUserHeaders(),
                spec.effectiveUserHeader(),
                spec.effectivePlanHeader());
    }

    private static List<SecretFile> files(String property, GatewaySpec spec) {
        return IntStream.range(0, spec.secretFiles().size())
                .mapToObj(
                        i ->
                                new SecretFile(
                                        property + ".secret-files[" + i + "]",
                                        spec.secretFiles().get(i)))
                .toList();
    }

    @Bean
    PeriodicTask gatewaySecretFiles(
            PeriodicTasks tasks, Gateways gateways, GatewayProperties properties) {
        return tasks.add(
                "gateway-secrets",
                properties.gatewaySecretRefresh(),
                () -> gateways.all().forEach(gateway -> gateway.secrets().refresh()));
    }

    @Bean
    TrustedProxies trustedProxies(GatewayProperties properties) {
        return new TrustedProxies(
                Networks.parse("gatehouse.trusted-proxies", properties.trustedProxies()));
    }

    @Bean
    ForwardedClients forwardedClients(Gateways gateways, TrustedProxies proxies) {
        return new ForwardedClients(gateways, proxies);
    }

    /** After Spring Boot's own customizer, which adds RemoteIpValve. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardingValveCustomizer() {
        return ForwardingValve::addTo;
    }
}
