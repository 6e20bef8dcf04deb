package dev.gatehouse.tools.job;

import dev.gatehouse.config.InstanceName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobsProperties.class, ToolsProperties.class})
class JobsConfiguration {

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
    JobRunner jobRunner(JobTools tools, JsonMapper json, MeterRegistry registry) {
        return new JobRunner(tools, json, clock, new JobTimer(registry));
    }

    @Bean
    JobGauges jobGauges(ObjectProvider<JobTools> tools, ObjectProvider<JobStore> store) {
        return new JobGauges(tools::getObject, store::getObject);
    }

    @Bean
    JobsHealthIndicator jobsHealthIndicator(
            ObjectProvider<JobTools> tools, ObjectProvider<JobStore> store) {
        return new JobsHealthIndicator(tools::getObject, store::getObject);
    }

    @Bean
    @Lazy
    @Conditional(OnDatabaseCondition.OnNone.class)
    MemoryJobStore memoryJobStore(
            JobTools tools, JobRunner runner, InstanceName instance, JobsProperties properties) {
        return new MemoryJobStore(
                tools,
                runner,
                clock,
                instance.value(),
                properties.memoryBytes(Runtime.getRuntime().maxMemory()));
    }

    @Bean
    @Lazy
    @Conditional(OnDatabaseCondition.OnNone.class)
    MemoryRateLimiter memoryRateLimiter() {
        return new MemoryRateLimiter();
    }
}
