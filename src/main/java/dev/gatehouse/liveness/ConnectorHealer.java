package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts a dead connector, once a death, within a budget, and says what came of it. */
class ConnectorHealer {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorHealer.class);

    private final ConnectorName connector;
    private final Restart restart;
    private final Duration timeToLive;
    private final RestartBudget budget;
    private final ConnectorEvents events;
    private @Nullable Instant healedDeath;
    private @Nullable Instant restartedAt;
    private final AtomicInteger restarts = new AtomicInteger();

    /**
     * @param timeToLive within which a restarted connector must answer
     */
    ConnectorHealer(
            ConnectorName connector,
            Restart restart,
            Duration timeToLive,
            RestartBudget budget,
            ConnectorEvents events) {
        this.connector = connector;
        this.restart = restart;
        this.timeToLive = timeToLive;
        this.budget = budget;
        this.events = events;
    }

    int restarts() {
        return restarts.get();
    }

    /** Sees each verdict, and does what is to be done about it. */
    void see(Verdict verdict) {
        if (!verdict.isDead()) {
            confirm(verdict);
        } else if (!verdict.since().equals(healedDeath)) {
            healedDeath = verdict.since();
            heal(verdict);
        } else {
            giveUp(verdict);
        }
    }

    private void heal(Verdict verdict) {
        if (!verdict.reason().isMendable()) {
            leave("no restart of the connector mends that " + verdict.reason().text());
        } else if (!budget.take(verdict.at())) {
            leave("it was restarted too lately, or too often within the hour");
        } else {
            restart(verdict);
        }
    }

    private void restart(Verdict verdict) {
        restarts.incrementAndGet();
        long start = System.nanoTime();
        events.add(connector, "restarted: " + verdict.evidence());
        try {
            restart.run();
            restartedAt = verdict.at().plusNanos(System.nanoTime() - start);
            logger.warn("Restarted the {} connector, since {}", connector, verdict.evidence());
        } catch (LifecycleException | RuntimeException ex) {
            events.add(connector, "restart failed: " + ex.getMessage());
            logger.error("The {} connector could not be restarted, and stays down", connector, ex);
        }
    }

    private void confirm(Verdict verdict) {
        if (restartedAt == null) {
            return;
        }
        long millis = Duration.between(restartedAt, verdict.at()).toMillis();
        restartedAt = null;
        events.add(connector, "healed by the restart, answering after " + millis + " ms");
        logger.warn(
                "The restart healed the {} connector, which answered after {} ms",
                connector,
                millis);
    }

    private void giveUp(Verdict verdict) {
        if (restartedAt != null && restartedAt.plus(timeToLive).isBefore(verdict.at())) {
            restartedAt = null;
            leave("the restart did not heal it within " + timeToLive.toMillis() + " ms");
        }
    }

    private void leave(String why) {
        events.add(connector, "left down: " + why);
        logger.error("The {} connector is left down for the orchestrator: {}", connector, why);
    }

    /** What stops a connector and starts it. */
    @FunctionalInterface
    interface Restart {

        void run() throws LifecycleException;
    }
}
