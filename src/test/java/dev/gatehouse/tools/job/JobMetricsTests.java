package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What is measured of jobs, and the health of their store. */
class JobMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedTool tool =
            new ScriptedTool(Duration.ofSeconds(20), DataSize.ofMegabytes(1));
    private final JobTools tools = tool.tools();
    private final JobRunner runner =
            new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC(), new JobTimer(registry));
    private final MemoryJobStore store =
            new MemoryJobStore(tools, runner, Clock.systemUTC(), "this", 1_000_000);

    @Test
    void metricsWhenJobsWaitRunAndEndSaySo() {
        CountDownLatch gate = new CountDownLatch(1);
        tool.on(
                "block",
                _ -> {
                    gate.await();
                    return new JobResult.Done(Map.of());
                });
        for (int i = 0; i < 5; i++) {
            assertThat(store.submit(job())).isInstanceOf(Submission.Accepted.class);
            int running = Math.min(i + 1, 2);
            await().until(() -> store.counts(ScriptedTool.NAME).running() == running);
        }

        new JobGauges(() -> tools, () -> store).bindTo(registry);

        assertThat(registry.get("gatehouse.jobs.queued").tag("tool", "scripted").gauge().value())
                .isEqualTo(3);
        assertThat(registry.get("gatehouse.jobs.running").tag("tool", "scripted").gauge().value())
                .isEqualTo(2);
        gate.countDown();
        await().ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(
                                                registry.get("gatehouse.jobs.duration")
                                                        .tags("tool", "scripted", "state", "done")
                                                        .timer()
                                                        .count())
                                        .isEqualTo(5));
        assertThat(registry.find("gatehouse.jobs.recovered").counter()).isNull();
    }

    @Test
    void healthWhenTheStoreIsReachedIsUpWithTheCounts() {
        Health health = new JobsHealthIndicator(() -> tools, () -> store).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("shared", false)
                .containsEntry("scripted", new JobCounts(0, 0));
    }

    @Test
    void healthAndGaugesWhenTheStoreIsGoneSaySo() {
        JobGauges gauges = new JobGauges(() -> tools, JobMetricsTests::unreachable);
        gauges.bindTo(registry);

        Health health = new JobsHealthIndicator(() -> tools, JobMetricsTests::unreachable).health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(registry.get("gatehouse.jobs.queued").gauge().value()).isNaN();
    }

    private static JobStore unreachable() {
        throw new JobStoreException("The database is gone", new IllegalStateException());
    }

    private static NewJob job() {
        return new NewJob(
                NewJob.newId(),
                ScriptedTool.NAME,
                "owner",
                null,
                "{\"text\":\"block\"}",
                null,
                3,
                Duration.ofMinutes(10));
    }
}
