package dev.gatehouse.tools.job.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Jobs in PostgreSQL. Without {@code spring.datasource.url} no class of a database is loaded. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnDatabaseCondition.class)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final Clock clock = Clock.systemUTC();

    @Bean
    Database jobDatabase(
            DatabaseProperties properties, Environment environment, PeriodicTasks tasks) {
        ConnectionPools pools =
                new ConnectionPools(properties, 8, config -> bind(environment, config));
        Database database = new Database(pools, clock);
        tasks.add(
                "jobs-database",
                CHECK_INTERVAL,
                () ->
                        database.check(
                                client ->
                                        client.sql("SELECT now()")
                                                .query(OffsetDateTime.class)
                                                .single()));
        return database;
    }

    private static void bind(Environment environment, HikariConfig config) {
        Binder.get(environment)
                .bind(
                        "spring.datasource.hikari",
                        Bindable.ofInstance(config),
                        new NoUnboundElementsBindHandler(
                                new IgnoreTopLevelConverterNotFoundBindHandler()));
    }
}
