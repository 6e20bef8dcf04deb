package dev.gatehouse.config;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.metrics.HttpClientMetricsAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasksObservationAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Boot's own configurations, but for those of what Gatehouse does not do: advise methods,
 * send requests by Spring's clients, observe scheduled tasks, take uploads. They are asked for
 * here, and not at the application, since Spring Boot reads every class of the asking one's package
 * and those below for Jackson's sake.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            AopAutoConfiguration.class,
            HttpClientAutoConfiguration.class,
            HttpClientMetricsAutoConfiguration.class,
            HttpServiceClientPropertiesAutoConfiguration.class,
            ImperativeHttpClientAutoConfiguration.class,
            MultipartAutoConfiguration.class,
            ReactiveHttpClientAutoConfiguration.class,
            ScheduledTasksObservationAutoConfiguration.class
        })
class StartupConfiguration {

    @Bean
    static FilterOrderPostProcessor filterOrderPostProcessor() {
        return new FilterOrderPostProcessor();
    }
}
