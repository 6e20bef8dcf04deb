package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The store in memory. */
class MemoryJobStoreTests extends JobStoreContract {

    private static final long PLENTY = DataSize.ofMegabytes(64).toBytes();

    @Override
    protected JobStore open(JobTools tools, JobRunner runner) {
        return new MemoryJobStore(tools, runner, Clock.systemUTC(), "this", PLENTY);
    }

    @Test
    void resultWhenThereIsNoRoomForTheNextIsRemoved() {
        tool.on(
                "large",
                context ->
                        context.row("words", "a", Map.of(), "x".repeat(6_000))
                                ? new JobResult.Done(Map.of())
                                : new JobResult.Partial(Map.of()));
        JobTools tools = tool.tools();
        JobStore store =
                new MemoryJobStore(
                        tools,
                        new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC()),
                        Clock.systemUTC(),
                        "this",
                        16_000);

        Job first = run(store);
        Job second = run(store);
        Job third = run(store);

        assertThat(third.state()).isEqualTo(JobState.DONE);
        assertThat(store.find(first.id()).orElseThrow().isExpired(Instant.now())).isTrue();
        assertThat(store.rows(first.id(), RowQuery.first("words", 1))).isEmpty();
        assertThat(store.find(second.id()).orElseThrow().isExpired(Instant.now())).isFalse();
        assertThat(store.rows(second.id(), RowQuery.first("words", 1))).hasSize(1);
    }

    @Test
    void rowWhenReplacedTakesNoMoreRoomThanItsLastValue() {
        tool.on(
                "large",
                context -> {
                    for (int i = 0; i < 100; i++) {
                        if (!context.row("words", "same", Map.of(), "x".repeat(6_000))) {
                            return new JobResult.Partial(Map.of());
                        }
                    }
                    return new JobResult.Done(Map.of());
                });
        JobTools tools = tool.tools();
        JobRunner runner = new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC());
        JobStore store = new MemoryJobStore(tools, runner, Clock.systemUTC(), "this", 16_000);

        assertThat(run(store).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void partWhenLargerThanTheRoomIsRefusedWhileItIsWritten() {
        AtomicInteger written = new AtomicInteger();
        tool.on(
                "large",
                context -> {
                    try (OutputStream part = context.part("image", "image/png")) {
                        for (int i = 0; i < 64; i++) {
                            part.write(new byte[1024]);
                            written.incrementAndGet();
                        }
                        return new JobResult.Done(Map.of());
                    } catch (IOException _) {
                        return new JobResult.Partial(Map.of());
                    }
                });
        JobTools tools = tool.tools();
        JobRunner runner = new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC());
        JobStore store = new MemoryJobStore(tools, runner, Clock.systemUTC(), "this", 16_000);

        assertThat(run(store).state()).isEqualTo(JobState.PARTIAL);
        assertThat(written).hasValueBetween(8, 15);
    }

    private static Job run(JobStore store) {
        NewJob job =
                new NewJob(
                        NewJob.newId(),
                        ScriptedTool.NAME,
                        "owner",
                        null,
                        "{\"text\":\"large\"}",
                        null,
                        3,
                        Duration.ofMinutes(10));
        assertThat(store.submit(job)).isInstanceOf(Submission.Accepted.class);
        await().until(() -> store.find(job.id()).orElseThrow().state().isFinal());
        return store.find(job.id()).orElseThrow();
    }
}
