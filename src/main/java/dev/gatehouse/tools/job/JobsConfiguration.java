package dev.gatehouse.tools.job;

import dev.gatehouse.config.InstanceName;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobsProperties.class, ToolsProperties.class})
class JobsConfiguration {

    static final String DATABASE = "spring.datasource.url";

    private final Clock clock = Clock.systemUTC();

    @Bean
    ToolsNotice toolsNotice(Environment environment) {
        return new ToolsNotice(environment);
    }

    @Bean
    @Lazy
    JobTools jobTools(ObjectProvider<ToolRegistration> tools) {
        return new JobTools(tools.orderedStream().toList());
    }

    @Bean
    @Lazy
    JobRunner jobRunner(JobTools tools, JsonMapper json) {
        return new JobRunner(tools, json, clock);
    }

    @Bean
    @Lazy
    @ConditionalOnProperty(name = DATABASE, havingValue = "false", matchIfMissing = true)
    MemoryJobStore memoryJobStore(
            JobTools tools, JobRunner runner, InstanceName instance, JobsProperties properties) {
        return new MemoryJobStore(
                tools, runner, clock, instance.value(), properties.memory().toBytes());
    }

    @Bean
    @Lazy
    @ConditionalOnProperty(name = DATABASE, havingValue = "false", matchIfMissing = true)
    MemoryRateLimiter memoryRateLimiter() {
        return new MemoryRateLimiter();
    }
}
