package dev.gatehouse.tls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Calls something again and again, from when the web server runs until it stops. */
class WatchLoop implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(WatchLoop.class);

    private final Runnable look;
    private final Duration interval;
    private @Nullable Thread thread;

    WatchLoop(Runnable look, Duration interval) {
        this.look = look;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("watch-certificates").start(this::run);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                lookAndLiveOn();
                Thread.sleep(interval);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAndLiveOn() {
        try {
            look.run();
        } catch (RuntimeException | Error ex) {
            logger.error("A look at the certificates failed", ex);
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

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
