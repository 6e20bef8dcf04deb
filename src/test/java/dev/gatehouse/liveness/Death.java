package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.InjectedFault;
import dev.gatehouse.testing.RunningGatehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fault of one connector in a running Gatehouse, watched through the other connector, which has
 * to answer everybody meanwhile.
 */
final class Death implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Death.class);

    private final RunningGatehouse gatehouse;
    private final ConnectorName dying;
    private final SteadyStream visitors;
    private final int restartsBefore;
    private Instant injected = Instant.MAX;

    Death(RunningGatehouse gatehouse, ConnectorName dying) {
        this.gatehouse = gatehouse;
        this.dying = dying;
        awaitChecksAliveAndReady();
        this.visitors = new SteadyStream(gatehouse, other(dying));
        await().until(() -> visitors.readiness().contains(200));
        this.restartsBefore = report().restarts();
    }

    static ConnectorName other(ConnectorName name) {
        return name == ConnectorName.HTTP ? ConnectorName.HTTPS : ConnectorName.HTTP;
    }

    /** Waits for checks that begin from now on: a restart of the last test may be unseen so far. */
    private void awaitChecksAliveAndReady() {
        Instant asked = Instant.now();
        await().until(() -> isAliveAndReady(dying, asked) && isAliveAndReady(other(dying), asked));
    }

    private boolean isAliveAndReady(ConnectorName name, Instant asked) {
        Verdict verdict = report(gatehouse, name).verdict();
        return verdict.at().isAfter(asked)
                && verdict.reason() == VerdictReason.ANSWERS
                && !verdict.isUnready();
    }

    void inject(InjectedFault fault) throws Exception {
        injected = Instant.now();
        fault.inject(gatehouse.bean(Connectors.class), dying);
    }

    void injected() {
        injected = Instant.now();
    }

    /** Waits for that to be told of the dying connector. */
    void awaitEvent(String part) {
        var _ = awaitEvent(part, Duration.ofMinutes(1));
    }

    /** The same; returns after how long it was. */
    Duration awaitEvent(String part, Duration atMost) {
        await().atMost(atMost).until(() -> !events(part).isEmpty());
        Duration took = Duration.between(injected, events(part).getFirst().time());
        logger.info("{} of {}: '{}' after {} ms", part, dying, part, took.toMillis());
        return took;
    }

    List<EventLog.Event> events(String part) {
        return gatehouse.bean(EventLog.class).events().stream()
                .filter(event -> !event.time().isBefore(injected))
                .filter(event -> event.connector() == dying)
                .filter(event -> event.detail().contains(part))
                .toList();
    }

    /**
     * Both probes of the orchestrator see it dead, through the connector that lives. Its restart,
     * which locks it, waits for them.
     */
    void assertSeenDeadThroughOther() {
        synchronized (gatehouse.bean(Connectors.class).get(dying).tomcat()) {
            awaitEvent("DEAD");
            await().untilAsserted(() -> assertThat(visitors.liveness()).contains(503));
            await().untilAsserted(() -> assertThat(visitors.readiness()).contains(503));
        }
    }

    void assertNeverDown() {
        assertThat(visitors.liveness()).containsOnly(200);
        assertThat(visitors.readiness()).containsOnly(200);
    }

    void assertRecovered() {
        awaitChecksAliveAndReady();
        await().untilAsserted(() -> assertThat(visitors.liveness().getLast()).isEqualTo(200));
        assertThat(SteadyStream.get(gatehouse, dying, "/ping").status()).isEqualTo(200);
    }

    void assertRestarts(int restarts) {
        assertThat(report().restarts() - restartsBefore).isEqualTo(restarts);
    }

    /** The other connector lived all the time, was not suspected, and answered everybody. */
    void assertOtherUntouched() {
        assertThat(gatehouse.bean(EventLog.class).events())
                .filteredOn(event -> !event.time().isBefore(injected))
                .filteredOn(event -> event.connector() == other(dying))
                .noneMatch(event -> event.detail().contains("DEAD"));
        assertThat(visitors.failures()).isEmpty();
        assertThat(visitors.liveness()).isNotEmpty();
    }

    Verdict verdict() {
        return report().verdict();
    }

    private ConnectorReport report() {
        return report(gatehouse, dying);
    }

    static ConnectorReport report(RunningGatehouse gatehouse, ConnectorName name) {
        return gatehouse.bean(ConnectorMonitors.class).report(name);
    }

    @Override
    public void close() {
        visitors.close();
    }
}
