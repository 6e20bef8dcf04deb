package dev.gatehouse.config;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StateProperties.class)
class StateConfiguration {

    @Bean
    @Lazy
    StateDirectory stateDirectory(StateProperties properties) {
        return StateDirectory.of(properties.stateDirectory(), System.getenv());
    }
}
