package dev.gatehouse.status;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells those who watch that something has changed; what it is they read from the page. Each has a
 * virtual thread: a slow one holds up nobody. Their number is bounded.
 */
class StatusStream {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final Observatory observatory;
    private final Semaphore places;

    StatusStream(Observatory observatory, int watchers) {
        this.observatory = observatory;
        this.places = new Semaphore(watchers);
    }

    /** A stream, or empty when all places are taken: 204 tells a browser not to come again. */
    Optional<SseEmitter> open() {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        Thread thread = Thread.ofVirtual().name("status-events").unstarted(() -> send(emitter));
        emitter.onCompletion(thread::interrupt);
        thread.start();
        return Optional.of(emitter);
    }

    private void send(SseEmitter emitter) {
        try {
            long seen = observatory.version();
            emitter.send(SseEmitter.event().comment("watching"));
            while (!Thread.currentThread().isInterrupted()) {
                long now = observatory.await(seen, HEARTBEAT_MILLIS);
                emitter.send(
                        now == seen
                                ? SseEmitter.event().comment("still here")
                                : SseEmitter.event().name("status").data(now));
                seen = now;
            }
        } catch (IOException | IllegalStateException _) {
            // the reader has gone, and Spring has seen it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }
}
