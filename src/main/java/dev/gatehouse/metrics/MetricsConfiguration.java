package dev.gatehouse.metrics;

import dev.gatehouse.config.FilterOrder;
import dev.gatehouse.connector.Connectors;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics of all requests, where there is a registry. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestDurationCustomizer(
            Connectors connectors, ObjectProvider<MeterRegistry> registry) {
        return factory ->
                registry.ifAvailable(
                        meters ->
                                factory.addEngineValves(
                                        new RequestDurationValve(
                                                connectors, new RequestDurations(meters))));
    }

    @Bean
    FilterRegistrationBean<DynamicRequests> dynamicRequests() {
        return FilterOrder.DYNAMIC.register(new DynamicRequests());
    }

    @Bean
    static MeterDescriptions meterDescriptions() {
        return new MeterDescriptions();
    }
}
