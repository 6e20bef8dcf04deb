package dev.gatehouse.status;

import dev.gatehouse.liveness.EventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Notifies open status pages of new events, as server-sent events; a page reloads itself then. Each
 * page has a virtual thread, so that a slow one delays no other. Their number is bounded.
 */
class StatusStream {

    private static final Duration MAX_DURATION = Duration.ofMinutes(10);
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final EventLog events;
    private final Semaphore permits;

    StatusStream(EventLog events, int watchers) {
        this.events = events;
        this.permits = new Semaphore(watchers);
    }

    /** A stream, or empty when there are too many: 204 tells a browser not to reconnect. */
    Optional<SseEmitter> open() {
        if (!permits.tryAcquire()) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(MAX_DURATION.toMillis());
        Thread thread = Thread.ofVirtual().name("status-events").unstarted(() -> send(emitter));
        emitter.onCompletion(thread::interrupt);
        thread.start();
        return Optional.of(emitter);
    }

    private void send(SseEmitter emitter) {
        try {
            long seen = events.version();
            emitter.send(SseEmitter.event().comment("watching"));
            while (!Thread.currentThread().isInterrupted()) {
                long now = events.await(seen, HEARTBEAT_MILLIS);
                emitter.send(
                        now == seen
                                ? SseEmitter.event().comment("still here")
                                : SseEmitter.event().name("status").data(now));
                seen = now;
            }
        } catch (IOException | IllegalStateException _) {
            // the client has disconnected, which Spring handles
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            permits.release();
        }
    }
}
