package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The events of a job as server-sent events, with a comment as a heartbeat. A slow client holds up
 * a virtual thread of its own, and never the job.
 */
public final class JobStream {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private JobStream() {}

    /** Every event after that one, until the job has ended. */
    public static SseEmitter of(Job job, long after, Duration longest) {
        SseEmitter emitter = new SseEmitter(longest.toMillis());
        BlockingQueue<JobEvent> queue = new LinkedBlockingQueue<>();
        Job.Subscription subscription = job.subscribe(after, queue::add);
        emitter.onCompletion(subscription::close);
        if (queue.isEmpty() && job.state().isFinal()) {
            subscription.close();
            emitter.complete();
            return emitter;
        }
        Thread.ofVirtual()
                .name("events-" + job.id())
                .start(() -> send(emitter, queue, subscription, HEARTBEAT));
        return emitter;
    }

    static void send(
            SseEmitter emitter,
            BlockingQueue<JobEvent> queue,
            Job.Subscription subscription,
            Duration heartbeat) {
        try (subscription) {
            boolean last = false;
            while (!last) {
                JobEvent event = queue.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
                if (event == null) {
                    emitter.send(SseEmitter.event().comment("heartbeat"));
                    continue;
                }
                emitter.send(
                        SseEmitter.event()
                                .id(Long.toString(event.id()))
                                .name(event.type())
                                .data(event.data()));
                last = event.data() instanceof JobState state && state.isFinal();
            }
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // the client has gone, and Spring has noticed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
