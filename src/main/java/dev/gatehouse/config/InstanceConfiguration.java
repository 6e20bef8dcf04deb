package dev.gatehouse.config;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InstanceProperties.class)
class InstanceConfiguration {

    @Bean
    @Lazy
    InstanceName instanceName(InstanceProperties properties) {
        return properties.name(System.getenv());
    }
}
