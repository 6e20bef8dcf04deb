package dev.gatehouse.accesslog;

import dev.gatehouse.connector.Connectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The access log of both connectors. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessLogProperties.class)
@ConditionalOnBooleanProperty(name = "gatehouse.access-log.enabled", matchIfMissing = true)
class AccessLogConfiguration {

    /** Lines; some 20 MB at most, and half a second of what two cores can serve. */
    private static final int CAPACITY = 20_000;

    @Bean
    AccessLogQueue accessLogQueue() {
        return new AccessLogQueue(CAPACITY);
    }

    @Bean
    UnreadLimit unreadLimit() {
        return new UnreadLimit();
    }

    @Bean
    AccessLogWriter accessLogWriter(
            AccessLogQueue queue, UnreadLimit unread, AccessLogProperties properties) {
        return new AccessLogWriter(queue, unread, properties.format().line());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLogCustomizer(
            Connectors connectors,
            AccessLogQueue queue,
            UnreadLimit unread,
            AccessLogProperties properties) {
        return factory ->
                factory.addEngineValves(
                        new AccessLogValve(
                                new AccessEventReader(connectors),
                                queue,
                                unread,
                                properties.exclude()));
    }

    @Bean
    AccessLogMetrics accessLogMetrics(AccessLogQueue queue, AccessLogWriter writer) {
        return new AccessLogMetrics(queue, writer);
    }
}
