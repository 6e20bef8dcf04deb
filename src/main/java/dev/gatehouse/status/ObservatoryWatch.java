package dev.gatehouse.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has the observatory look again and again. */
class ObservatoryWatch implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(ObservatoryWatch.class);

    private final Observatory observatory;
    private final Duration interval;
    private @Nullable Thread thread;

    ObservatoryWatch(Observatory observatory, Duration interval) {
        this.observatory = observatory;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("watch-status").start(this::run);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                lookAndReport();
                Thread.sleep(interval);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAndReport() {
        try {
            observatory.look();
        } catch (RuntimeException | Error ex) {
            logger.warn("The status cannot be read: {}", ex.toString());
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
