package dev.gatehouse.accesslog;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Writes on a thread of its own, all that has gathered in one go: a thread that were woken for each
 * line would cost more than the line. Outlives the web server, for the last requests' sake.
 */
class AccessLogWriter implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(AccessLogWriter.class);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final AccessLogQueue queue;
    private final UnreadableRequestLimiter unread;
    private final AtomicReference<@Nullable Settings> next = new AtomicReference<>();

    /** Used by the writer's thread alone, as is the next field. */
    private LogTarget target;

    private final LongAdder written = new LongAdder();
    private boolean isLosingLines;
    private volatile boolean running;
    private @Nullable Thread thread;

    AccessLogWriter(AccessLogQueue queue, UnreadableRequestLimiter unread, LogTarget target) {
        this.target = target;
        this.queue = queue;
        this.unread = unread;
    }

    long written() {
        return written.sum();
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true; // before the thread looks
            thread = Thread.ofPlatform().daemon().name("access-log").start(this::run);
        }
    }

    private void run() {
        while (running) {
            try {
                writeAll();
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                break; // stop() wants the last lines
            } catch (RuntimeException | Error ex) {
                queue.countFailure(ex);
            }
        }
        writeAll();
    }

    /** Writes what has gathered. */
    void writeAll() {
        unread.sum(System.currentTimeMillis()).ifPresent(queue::offer);
        Settings settings = next.getAndSet(null);
        if (settings == null) {
            queue.drainTo(this::write);
        } else {
            try {
                queue.drainTo(this::write, settings.format());
            } finally {
                target = settings.target();
            }
        }
    }

    /** Writes the lines of later requests to another target and in another format. */
    void continueWith(LogTarget nextTarget, Supplier<AccessLine> nextFormat) {
        next.set(new Settings(nextTarget, nextFormat));
    }

    private record Settings(LogTarget target, Supplier<AccessLine> format) {}

    private void write(LineBuffer lines) {
        try {
            target.write(lines);
            written.add(lines.lines());
            isLosingLines = false;
        } catch (IOException ex) {
            queue.countUnwritten(lines.lines());
            if (!isLosingLines) {
                isLosingLines = true;
                logger.warn(
                        "The access log cannot be written, its lines are lost: {}", ex.toString());
            }
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LAST_WORDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started before the connectors and stopped after them. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
