package dev.gatehouse.liveness;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a connector's probes and its watch, each on a platform thread of its own: virtual threads
 * are among what may have died. Starts after the web server and stops before it.
 */
class WatchThreads implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(WatchThreads.class);
    private static final long LONGEST_RESTART_MILLIS = 10_000;

    private final ConnectorWatch watch;
    private final ProbeLoop probes;
    private List<Thread> threads = List.of();

    WatchThreads(ConnectorWatch watch, ProbeLoop probes) {
        this.watch = watch;
        this.probes = probes;
    }

    @Override
    public synchronized void start() {
        if (threads.isEmpty()) {
            String connector = watch.connector().tag();
            threads =
                    List.of(
                            start("probe-" + connector, probes::run),
                            start("watch-" + connector, watch::run));
        }
    }

    private static Thread start(String name, Runnable loop) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler((thread, ex) -> logger.error("{} ended", thread, ex))
                .start(loop);
    }

    /** Waits for a restart that is under way, lest it open what the shutdown closes. */
    @Override
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_RESTART_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads = List.of();
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }

    /** Stopped before the connectors close, lest a graceful shutdown look like a death. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 2;
    }
}
