package dev.gatehouse.tools.job.postgres;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobTools;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The jobs of one instance, without a server around them. */
final class SharedJobsFixture implements AutoCloseable {

    private final Database database;
    private final SharedJobs jobs;
    private final PeriodicTasks tasks = new PeriodicTasks();

    SharedJobsFixture(String url, String instance, int workers, JobTools tools, JobRunner runner) {
        this(url, instance, workers, tools, runner, true);
    }

    SharedJobsFixture(
            String url,
            String instance,
            int workers,
            JobTools tools,
            JobRunner runner,
            boolean listening) {
        this.database =
                new Database(
                        new ConnectionPools(
                                new DatabaseProperties(url, "postgres", "postgres"),
                                workers + 4,
                                SharedJobsFixture::setPatience),
                        Clock.systemUTC());
        this.jobs =
                new SharedJobs(
                        database,
                        new Instances(
                                instance,
                                Instant.now(),
                                () -> Map.of("http", "alive"),
                                JsonMapper.shared()),
                        tools,
                        runner,
                        JsonMapper.shared(),
                        instance,
                        workers);
        if (listening) {
            jobs.addTo(tasks);
        } else {
            jobs.addPollingTo(tasks);
        }
        jobs.start();
        tasks.start();
        await().until(database::isAvailable);
    }

    /** Where production gives a statement up after a second, a busy machine may take longer. */
    static void setPatience(HikariConfig config) {
        config.setConnectionTimeout(30_000);
        config.setConnectionInitSql("SET statement_timeout = 30000");
        config.addDataSourceProperty("connectTimeout", "30");
        config.addDataSourceProperty("loginTimeout", "30");
        config.addDataSourceProperty("socketTimeout", "60");
    }

    PostgresJobStore store() {
        return jobs.store();
    }

    Database database() {
        return database;
    }

    /** As at the end of the process. */
    void stop() {
        tasks.stop();
        jobs.stop();
    }

    @Override
    public void close() {
        if (jobs.isRunning()) {
            stop();
        }
        jobs.close();
    }
}
