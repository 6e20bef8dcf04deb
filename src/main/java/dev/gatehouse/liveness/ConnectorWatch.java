package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.Verdict.State;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at one connector again and again, on a platform thread of its own, and keeps the last
 * verdict. Starts after the web server and stops before it.
 */
class ConnectorWatch implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorWatch.class);

    private final ConnectorName connector;
    private final ConnectorProbe probe;
    private final Duration interval;
    private final Clock clock;
    private volatile Verdict verdict;
    private @Nullable Thread thread;

    ConnectorWatch(ConnectorName connector, ConnectorProbe probe, Duration interval, Clock clock) {
        this.connector = connector;
        this.probe = probe;
        this.interval = interval;
        this.clock = clock;
        this.verdict = Verdict.unknown(clock.instant());
    }

    ConnectorName connector() {
        return connector;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Looks once. */
    void look() {
        Verdict last = verdict;
        Verdict next = VerdictRule.next(last, probe.probe(), clock.instant());
        verdict = next;
        if (next.state() != last.state()) {
            log(last, next);
        }
    }

    private void log(Verdict last, Verdict next) {
        String message = "The {} connector is {} (was {}): {}";
        if (next.state() == State.DEAD) {
            logger.error(message, connector, next.state(), last.state(), next.reason());
        } else {
            logger.info(message, connector, next.state(), last.state(), next.reason());
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("watch-" + connector.tag()).start(this::run);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(interval);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
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

    /** Stopped before the connectors close, lest a graceful shutdown look like a death. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
