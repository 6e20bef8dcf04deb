package dev.gatehouse.connector;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The last step of a shutdown before the connectors stop: all requests are done, and what has been
 * written is on its way. A slow client has megabytes of it before it, in its own kernel and in
 * ours, which are lost when a pod's network goes.
 */
class LastBytes implements SmartLifecycle {

    /** A client that has neither taken nor said anything for so long will not. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final Connectors connectors;
    private final GracePeriod grace;
    private final SendQueues queues;
    private volatile boolean running;

    LastBytes(Connectors connectors, GracePeriod grace, SendQueues queues) {
        this.connectors = connectors;
        this.grace = grace;
        this.queues = queues;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        List<OpenConnections> doors = connectors.open();
        List<Integer> ports = connectors.boundPorts();
        Wait all = Wait.atMost(grace.left());
        Wait rest = Wait.atMost(LONGEST_REST);
        long unsent = Long.MAX_VALUE;
        long heard = 0;
        while (!rest.isOver() && all.goesOn()) {
            long left = queues.unsent(ports);
            if (left == 0 && doors.stream().noneMatch(OpenConnections::areHttp2Left)) {
                return;
            }
            long lastHeard =
                    doors.stream().mapToLong(OpenConnections::heardOfHttp2).max().orElse(0);
            if (left < unsent || lastHeard > heard) {
                rest.beginAgain();
            }
            unsent = left;
            heard = lastHeard;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Between Spring Boot's graceful shutdown and its stop of the connectors. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
    }
}
