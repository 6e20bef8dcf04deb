package dev.gatehouse.tools.job.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.gatehouse.config.InstanceName;
import dev.gatehouse.liveness.ConnectorMonitors;
import dev.gatehouse.liveness.ConnectorReport;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.OnDatabaseCondition;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Jobs in PostgreSQL. Without {@code spring.datasource.url} no class of a database is loaded. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnDatabaseCondition.class)
@EnableConfigurationProperties({DatabaseProperties.class, WorkerProperties.class})
class DatabaseConfiguration {

    /** Of db-scheduler, of what jobs write at their end, and of the periodic tasks. */
    private static final int MORE_CONNECTIONS = 4;

    private final Clock clock = Clock.systemUTC();

    @Bean(destroyMethod = "") // SharedJobs closes it, after its tasks
    Database jobDatabase(
            DatabaseProperties properties, WorkerProperties workers, Environment environment) {
        int connections = workers.count() + MORE_CONNECTIONS;
        return new Database(
                new ConnectionPools(properties, connections, config -> bind(environment, config)),
                clock);
    }

    private static void bind(Environment environment, HikariConfig config) {
        Binder.get(environment)
                .bind(
                        "spring.datasource.hikari",
                        Bindable.ofInstance(config),
                        new NoUnboundElementsBindHandler(
                                new IgnoreTopLevelConverterNotFoundBindHandler()));
    }

    @Bean
    Instances instances(InstanceName instance, ConnectorMonitors monitors, JsonMapper json) {
        return new Instances(instance.value(), clock.instant(), () -> verdicts(monitors), json);
    }

    private static Map<String, String> verdicts(ConnectorMonitors monitors) {
        return monitors.reports().stream()
                .collect(
                        Collectors.toMap(report -> report.connector().tag(), ConnectorReport::tag));
    }

    @Bean
    SharedJobs sharedJobs(
            Database jobDatabase,
            Instances instances,
            JobTools tools,
            JobRunner runner,
            JsonMapper json,
            InstanceName instance,
            WorkerProperties workers,
            PeriodicTasks tasks) {
        SharedJobs jobs =
                new SharedJobs(
                        jobDatabase,
                        instances,
                        tools,
                        runner,
                        json,
                        instance.value(),
                        workers.count());
        jobs.addTo(tasks);
        return jobs;
    }

    @Bean
    PostgresJobStore postgresJobStore(SharedJobs jobs) {
        return jobs.store();
    }

    @Bean
    PostgresStatusHistory postgresStatusHistory(Database jobDatabase, InstanceName instance) {
        return new PostgresStatusHistory(jobDatabase, instance.value());
    }

    @Bean
    PostgresRateLimiter postgresRateLimiter(Database jobDatabase) {
        return new PostgresRateLimiter(jobDatabase);
    }
}
