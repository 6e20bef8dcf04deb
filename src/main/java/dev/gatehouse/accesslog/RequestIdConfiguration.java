package dev.gatehouse.accesslog;

import dev.gatehouse.config.FilterOrder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Ids of requests, whether or not requests are logged. */
@Configuration(proxyBeanMethods = false)
class RequestIdConfiguration {

    /** Before all other valves, which may answer. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestIdCustomizer() {
        return factory -> factory.addEngineValves(new RequestIdValve());
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
        return FilterOrder.REQUEST_ID.register(new RequestIdFilter());
    }
}
