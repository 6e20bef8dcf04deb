package dev.gatehouse.tools.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.MemoryJobStore;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.ScriptedTool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** What is sent while nothing happens, and at the end. */
class JobEventStreamTests {

    private final ScriptedTool tool =
            new ScriptedTool(Duration.ofSeconds(20), DataSize.ofMegabytes(1));
    private final JobTools tools = tool.tools();
    private final MemoryJobStore store =
            new MemoryJobStore(
                    tools,
                    new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC()),
                    Clock.systemUTC(),
                    "this",
                    1_000_000);
    private final RecordingEmitter emitter = new RecordingEmitter();

    @Test
    void streamWhenNothingHappensSendsCommentsUntilTheJobEnds() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        tool.on(
                "work",
                context -> {
                    gate.await();
                    context.publish("found", Map.of("what", "ä"));
                    return new JobResult.Done(Map.of());
                });
        NewJob job =
                new NewJob(
                        NewJob.newId(),
                        ScriptedTool.NAME,
                        "owner",
                        null,
                        "{\"text\":\"work\"}",
                        null,
                        3,
                        Duration.ofMinutes(1));
        assertThat(store.submit(job)).isNotNull();
        JobEventStream stream = new JobEventStream(store, Duration.ofMillis(1));

        Thread sender = Thread.ofVirtual().start(() -> stream.send(emitter, job.id(), 1));

        await().until(() -> emitter.sent.contains(":heartbeat\n\n"));
        assertThat(emitter.completed).isFalse();
        gate.countDown();
        sender.join();
        assertThat(emitter.sent.stream().filter(sent -> !sent.startsWith(":")))
                .containsExactly(
                        "id:2\nevent:state\ndata:\"RUNNING\"\n\n",
                        "id:3\nevent:found\ndata:{\"what\":\"ä\"}\n\n",
                        "id:4\nevent:state\ndata:\"DONE\"\n\n");
        assertThat(emitter.completed).isTrue();
    }

    private static final class RecordingEmitter extends SseEmitter {

        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final AtomicBoolean completed = new AtomicBoolean();

        @Override
        public void send(SseEventBuilder builder) {
            sent.add(
                    builder.build().stream()
                            .map(part -> String.valueOf(part.getData()))
                            .collect(Collectors.joining()));
        }

        @Override
        public synchronized void complete() {
            completed.set(true);
        }
    }
}
