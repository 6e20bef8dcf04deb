package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.OpenConnections;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Drains the connections of both connectors at shutdown, so that no request is dropped and no
 * answer is cut. In order:
 *
 * <ol>
 *   <li>{@link #announce()}: both ports close, HTTP/1.1 answers carry {@code Connection: close},
 *       HTTP/2 connections get GOAWAY, and idle connections are closed.
 *   <li>Spring Boot's graceful shutdown waits for the requests in flight. It pauses the connectors,
 *       and a paused connector drops what arrives on a kept connection, hence the first step.
 *   <li>{@link #awaitDelivery()}: waits until clients have received what was written, which is lost
 *       when a pod's network goes.
 * </ol>
 *
 * <p>All steps share {@code spring.lifecycle.timeout-per-shutdown-phase}.
 */
class ConnectionDrainer {

    /** For clients that send one request after the other; idle ones are not waited for. */
    private static final Duration ANNOUNCE_TIMEOUT = Duration.ofSeconds(1);

    /** A client that neither receives nor sends for this long is considered gone. */
    private static final Duration DELIVERY_STALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final Connectors connectors;
    private final SendQueues queues;
    private final Duration timeout;
    private volatile long drainDeadline;

    ConnectionDrainer(Connectors connectors, SendQueues queues, Duration timeout) {
        this.connectors = connectors;
        this.queues = queues;
        this.timeout = timeout;
        this.drainDeadline = System.nanoTime() + timeout.toNanos();
    }

    /**
     * Runs {@link #announce()} after the connectors' monitors stop, to which it looks like a death.
     */
    SmartLifecycle announcement() {
        return new ShutdownStep(
                WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1, this::announce);
    }

    /** Runs {@link #awaitDelivery()} after Spring Boot's graceful shutdown. */
    SmartLifecycle delivery() {
        return new ShutdownStep(
                WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1, this::awaitDelivery);
    }

    void announce() {
        long now = System.nanoTime();
        drainDeadline = now + timeout.toNanos();
        List<OpenConnections> connections = openConnections();
        connections.forEach(OpenConnections::stopAccepting);
        do {
            connections.forEach(OpenConnections::sendGoAway);
        } while (connections.stream().anyMatch(OpenConnections::isAnyOpen)
                && pauseBefore(now + ANNOUNCE_TIMEOUT.toNanos()));
        connections.forEach(OpenConnections::closeIdle);
    }

    void awaitDelivery() {
        List<OpenConnections> connections = openConnections();
        List<Integer> ports = connectors.all().stream().map(c -> c.endpoint().boundPort()).toList();
        long stallDeadline = System.nanoTime() + DELIVERY_STALL_TIMEOUT.toNanos();
        long unsentBefore = Long.MAX_VALUE;
        long readBefore = 0;
        do {
            long unsent = queues.unsent(ports);
            if (unsent == 0 && connections.stream().noneMatch(OpenConnections::isAnyHttp2Open)) {
                return;
            }
            long read =
                    connections.stream().mapToLong(OpenConnections::lastHttp2Read).max().orElse(0);
            if (unsent < unsentBefore || read > readBefore) {
                stallDeadline = System.nanoTime() + DELIVERY_STALL_TIMEOUT.toNanos();
            }
            unsentBefore = unsent;
            readBefore = read;
        } while (System.nanoTime() - stallDeadline < 0 && pauseBefore(drainDeadline));
    }

    private List<OpenConnections> openConnections() {
        return connectors.all().stream().map(c -> new OpenConnections(c.protocol())).toList();
    }

    /** Pauses for a moment; false when the deadline has passed or the thread is interrupted. */
    private static boolean pauseBefore(long deadline) {
        if (System.nanoTime() - deadline >= 0) {
            return false;
        }
        try {
            Thread.sleep(POLL_INTERVAL);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * A step of the shutdown. The steps do not depend on each other, since Spring would stop a
     * dependent step first.
     */
    private static final class ShutdownStep implements SmartLifecycle {

        private final int phase;
        private final Runnable step;
        private volatile boolean running;

        ShutdownStep(int phase, Runnable step) {
            this.phase = phase;
            this.step = step;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            step.run();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }
}
