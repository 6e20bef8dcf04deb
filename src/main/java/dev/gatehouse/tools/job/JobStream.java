package dev.gatehouse.tools.job;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A job's events as server-sent events. A reader that is slow holds up a virtual thread of its own,
 * and never the job.
 */
public final class JobStream {

    private JobStream() {}

    /** Everything after that event, until the job is over. */
    public static SseEmitter of(Job job, long after, Duration longest) {
        SseEmitter emitter = new SseEmitter(longest.toMillis());
        BlockingQueue<JobEvent> queue = new LinkedBlockingQueue<>();
        Job.Watching watching = job.watch(after, queue::add);
        emitter.onCompletion(watching::close);
        if (after >= job.events().size() && job.state().isOver()) {
            emitter.complete();
            return emitter;
        }
        Thread.ofVirtual().name("events-" + job.id()).start(() -> send(emitter, queue, watching));
        return emitter;
    }

    private static void send(
            SseEmitter emitter, BlockingQueue<JobEvent> queue, Job.Watching watching) {
        try (watching) {
            JobEvent event;
            do {
                event = queue.take();
                emitter.send(
                        SseEmitter.event()
                                .id(Long.toString(event.id()))
                                .name(event.type())
                                .data(event.data()));
            } while (!(event.data() instanceof JobState state && state.isOver()));
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // the reader has gone, and Spring has seen it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
