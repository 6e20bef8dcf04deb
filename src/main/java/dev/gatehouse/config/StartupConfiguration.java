package dev.gatehouse.config;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Enables Spring Boot's auto-configuration. Not at the application class: for Jackson, Spring Boot
 * reads every class of this annotation's package and of those below it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StartupConfiguration {

    @Bean
    static FilterOrderPostProcessor filterOrderPostProcessor() {
        return new FilterOrderPostProcessor();
    }
}
