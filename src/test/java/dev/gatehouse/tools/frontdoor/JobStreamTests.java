package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.tools.job.JobState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What is sent while nothing happens, and at the end. */
class JobStreamTests {

    private final BlockingQueue<JobEvent> queue = new LinkedBlockingQueue<>();
    private final RecordingEmitter emitter = new RecordingEmitter();
    private final AtomicBoolean subscribed = new AtomicBoolean(true);

    @Test
    void streamWhenNothingHappensSendsCommentsUntilTheJobEnds() throws InterruptedException {
        Thread sender =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        JobStream.send(
                                                emitter,
                                                queue,
                                                () -> subscribed.set(false),
                                                Duration.ofMillis(1)));

        await().until(() -> emitter.sent.contains(":heartbeat\n\n"));
        queue.add(new JobEvent(7, "state", JobState.DONE));
        sender.join();

        assertThat(emitter.sent.getLast()).contains("id:7", "event:state", "DONE");
        assertThat(emitter.completed).isTrue();
        assertThat(subscribed).isFalse();
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
