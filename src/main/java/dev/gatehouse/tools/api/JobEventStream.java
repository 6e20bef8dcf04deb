package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.JobEvent;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The events of a job as server-sent events, with a comment as a heartbeat. A slow client holds up
 * a virtual thread of its own, and never the job.
 */
class JobEventStream {

    /** Between comments, so that proxies keep the connection and a lost client is noticed. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int BATCH = 100;
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final JobStore store;
    private final Duration heartbeat;

    JobEventStream(JobStore store, Duration heartbeat) {
        this.store = store;
        this.heartbeat = heartbeat;
    }

    /**
     * Every event after that one, until the job has ended.
     *
     * @param onEnd is run when nothing more is sent
     */
    SseEmitter open(String id, long after, Duration longest, Runnable onEnd) {
        SseEmitter emitter = new SseEmitter(longest.toMillis());
        Thread thread =
                Thread.ofVirtual()
                        .name("events-" + id)
                        .unstarted(
                                () -> {
                                    try {
                                        send(emitter, id, after);
                                    } finally {
                                        onEnd.run();
                                    }
                                });
        emitter.onCompletion(thread::interrupt);
        emitter.onTimeout(emitter::complete);
        thread.start();
        return emitter;
    }

    void send(SseEmitter emitter, String id, long after) {
        try {
            long last = after;
            boolean over = false;
            while (!over) {
                List<JobEvent> events = store.events(id, last, BATCH);
                for (JobEvent event : events) {
                    send(emitter, event);
                    last = event.id();
                    over = event.isLast();
                }
                if (events.isEmpty()) {
                    over = hasEnded(id, last);
                    if (!over && !store.awaitEvent(id, last, heartbeat)) {
                        emitter.send(SseEmitter.event().comment("heartbeat"));
                    }
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // the client has gone, and Spring has noticed
        } catch (JobStoreException _) {
            emitter.complete(); // the client comes back with Last-Event-ID
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(SseEmitter emitter, JobEvent event) throws IOException {
        emitter.send(
                SseEmitter.event()
                        .id(Long.toString(event.id()))
                        .name(event.type())
                        .data(event.data(), TEXT));
    }

    /** Whether there is nothing to wait for: it ended, or is no longer kept. */
    private boolean hasEnded(String id, long last) {
        return store.find(id)
                .map(job -> job.state().isFinal() && job.lastEvent() <= last)
                .orElse(true);
    }
}
