package dev.gatehouse.accesslog;

import dev.gatehouse.connector.Connectors;
import dev.gatehouse.gateway.ForwardedClients;
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

    /** Some 8,000 lines, three times what two cores serve while the writer pauses. */
    private static final int PAGES = 4;

    private static final int PAGE_BYTES = 1 << 20;

    @Bean
    AccessLogQueue accessLogQueue(AccessLogProperties properties) {
        return new AccessLogQueue(PAGES, PAGE_BYTES, properties.format()::line);
    }

    @Bean
    UnreadableRequestLimiter unreadLimit() {
        return new UnreadableRequestLimiter();
    }

    @Bean
    AccessLogWriter accessLogWriter(
            AccessLogQueue queue, UnreadableRequestLimiter unread, AccessLogProperties properties) {
        return new AccessLogWriter(queue, unread, LogTarget.of(properties));
    }

    @Bean
    ExcludedPaths excludedPaths(AccessLogProperties properties) {
        return new ExcludedPaths(properties.exclude());
    }

    @Bean
    AccessLogReload accessLogReload(AccessLogWriter writer, ExcludedPaths excluded) {
        return new AccessLogReload(writer, excluded);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLogCustomizer(
            Connectors connectors,
            ForwardedClients forwarded,
            AccessLogQueue queue,
            UnreadableRequestLimiter unread,
            ExcludedPaths excluded) {
        return factory ->
                factory.addEngineValves(
                        new AccessLogValve(
                                new AccessEventReader(connectors, forwarded),
                                queue,
                                unread,
                                excluded));
    }

    @Bean
    AccessLogMetrics accessLogMetrics(AccessLogQueue queue, AccessLogWriter writer) {
        return new AccessLogMetrics(queue, writer);
    }
}
