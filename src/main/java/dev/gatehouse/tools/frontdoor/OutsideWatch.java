package dev.gatehouse.tools.frontdoor;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Looks from outside again and again, in a thread of its own, and keeps the last look. Two looks in
 * a row make a death: one lost packet on the way is none.
 */
class OutsideWatch implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(OutsideWatch.class);
    private static final int LOOKS_TO_DIE = 2;

    private final OutsideProperties properties;
    private final Supplier<OutsideProbe> probe;
    private volatile @Nullable OutsideLook last;
    private volatile boolean dead;
    private int failures;
    private @Nullable Thread thread;

    /** The probe is made in the watch's own thread, so that the start does not wait for it. */
    OutsideWatch(OutsideProperties properties, Supplier<OutsideProbe> probe) {
        this.properties = properties;
        this.probe = probe;
    }

    /** The last look, or null before the first. */
    @Nullable OutsideLook last() {
        return last;
    }

    /** Whether the site is dead from outside. */
    boolean isDead() {
        return dead;
    }

    boolean isConfigured() {
        return properties.url() != null;
    }

    /** Takes a look in. */
    void saw(OutsideLook look) {
        boolean first = last == null;
        last = look;
        failures = look.isUp() ? 0 : failures + 1;
        boolean now = failures >= LOOKS_TO_DIE;
        if (now && !dead) {
            logger.error("{} is DEAD from outside: {}", properties.url(), look.describe());
        } else if (!now && (dead || first) && look.isUp()) {
            logger.info("{} is ALIVE from outside: {}", properties.url(), look.describe());
        }
        dead = now;
    }

    @Override
    public synchronized void start() {
        if (isConfigured() && thread == null) {
            thread = Thread.ofPlatform().daemon().name("watch-outside").start(this::run);
        }
    }

    private void run() {
        OutsideProbe made = probe.get();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                saw(made.look());
                Thread.sleep(pause());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        long jitter = ThreadLocalRandom.current().nextLong(properties.jitter().toMillis() + 1);
        return properties.interval().plusMillis(jitter);
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

    /** Stopped before the connectors close, lest a graceful shutdown look like a death. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
