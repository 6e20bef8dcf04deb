package dev.gatehouse.task;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TaskConfiguration {

    /** Health component {@code tasks}, outside the liveness and readiness groups. */
    @Bean
    PeriodicTasks tasksHealthIndicator() {
        return new PeriodicTasks();
    }
}
