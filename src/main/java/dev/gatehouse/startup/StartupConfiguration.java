package dev.gatehouse.startup;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Boot's own configurations. They are asked for here, and not at the application, since
 * Spring Boot reads every class of the asking one's package and those below for Jackson's sake.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StartupConfiguration {}
