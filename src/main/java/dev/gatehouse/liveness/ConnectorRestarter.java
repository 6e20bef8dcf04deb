package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.Verdict.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts a dead connector, once per death and within a budget, and reports the result. */
class ConnectorRestarter {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorRestarter.class);

    private final ConnectorName connector;
    private final Restart restart;
    private final Duration recoveryTimeout;
    private final RestartBudget budget;
    private final EventLog events;
    private @Nullable Instant handledDeath;
    private @Nullable Instant restartedAt;
    private final AtomicInteger restarts = new AtomicInteger();

    /**
     * @param recoveryTimeout time within which a restarted connector must answer
     */
    ConnectorRestarter(
            ConnectorName connector,
            Restart restart,
            Duration recoveryTimeout,
            RestartBudget budget,
            EventLog events) {
        this.connector = connector;
        this.restart = restart;
        this.recoveryTimeout = recoveryTimeout;
        this.budget = budget;
        this.events = events;
    }

    int restarts() {
        return restarts.get();
    }

    /** Takes each verdict, and acts on the dead ones. */
    void handle(Verdict verdict) {
        if (!verdict.isDead()) {
            reportRecovery(verdict);
        } else if (!verdict.since().equals(handledDeath)) {
            handledDeath = verdict.since();
            handleDeath(verdict);
        } else {
            checkRecoveryTimeout(verdict);
        }
    }

    private void handleDeath(Verdict verdict) {
        if (!verdict.reason().isRestartable()) {
            leaveDown("a restart of the connector does not help when " + verdict.reason().text());
        } else if (!budget.take(verdict.at())) {
            leaveDown("it was restarted too recently, or too often within the hour");
        } else {
            restart(verdict);
        }
    }

    private void restart(Verdict verdict) {
        restarts.incrementAndGet();
        long start = System.nanoTime();
        events.add(
                connector,
                State.BUSY,
                ConnectorReport.title(connector) + " was restarted",
                "restarted: " + verdict.evidence());
        try {
            restart.run();
            restartedAt = verdict.at().plusNanos(System.nanoTime() - start);
            logger.warn("Restarted the {} connector: {}", connector, verdict.evidence());
        } catch (LifecycleException | RuntimeException ex) {
            events.add(connector, "restart failed: " + ex.getMessage());
            logger.error("The {} connector could not be restarted and stays down", connector, ex);
        }
    }

    private void reportRecovery(Verdict verdict) {
        if (restartedAt == null) {
            return;
        }
        long millis = Duration.between(restartedAt, verdict.at()).toMillis();
        restartedAt = null;
        events.add(connector, "recovered by the restart, answering after " + millis + " ms");
        logger.warn(
                "The {} connector recovered by the restart, and answered after {} ms",
                connector,
                millis);
    }

    private void checkRecoveryTimeout(Verdict verdict) {
        if (restartedAt != null && restartedAt.plus(recoveryTimeout).isBefore(verdict.at())) {
            restartedAt = null;
            leaveDown("it did not recover within " + recoveryTimeout.toMillis() + " ms");
        }
    }

    private void leaveDown(String why) {
        events.add(connector, "left down: " + why);
        logger.error("The {} connector is left down for the orchestrator: {}", connector, why);
    }

    /** Stops a connector and starts it. */
    @FunctionalInterface
    interface Restart {

        void run() throws LifecycleException;
    }
}
