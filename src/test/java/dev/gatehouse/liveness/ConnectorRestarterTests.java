package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.Verdict.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;

class ConnectorRestarterTests {

    private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

    private final EventLog events = new EventLog(Clock.systemUTC());
    private boolean startable = true;

    private final ConnectorRestarter restarter =
            new ConnectorRestarter(
                    ConnectorName.HTTPS,
                    this::restart,
                    Duration.ofSeconds(5),
                    new RestartBudget(Duration.ofMinutes(5), 3),
                    events);

    private void restart() throws LifecycleException {
        if (!startable) {
            throw new LifecycleException("Address already in use");
        }
    }

    @Test
    void restartsOnceWhenDeadForManyLooks() {
        dead(VerdictReason.POLLER_GONE, 0, 0);
        dead(VerdictReason.POLLER_GONE, 0, 2);
        dead(VerdictReason.POLLER_GONE, 0, 4);

        assertThat(restarter.restarts()).isEqualTo(1);
    }

    @Test
    void reportsRecoveryWhenAliveAgain() {
        dead(VerdictReason.POLLER_GONE, 0, 0);
        alive(2);

        assertThat(events())
                .containsPattern("recovered by the restart, answering after (1\\d{3}|2000) ms");
    }

    @Test
    void leavesItDownWhenRestartDidNotHelp() {
        dead(VerdictReason.POLLER_GONE, 0, 0);
        dead(VerdictReason.POLLER_GONE, 0, 6);
        dead(VerdictReason.POLLER_GONE, 0, 8);

        assertThat(events())
                .endsWith("left down: it did not recover within 5000 ms")
                .containsOnlyOnce("left down");
    }

    @Test
    void leavesItDownWhenRestartFails() {
        startable = false;
        dead(VerdictReason.POLLER_GONE, 0, 0);

        assertThat(events()).endsWith("restart failed: Address already in use");
    }

    @Test
    void leavesItDownWhenNoRestartHelps() {
        dead(VerdictReason.HANDSHAKE_FAILS, 0, 0);

        assertThat(restarter.restarts()).isZero();
        assertThat(events())
                .isEqualTo(
                        "left down: a restart of the connector does not help when the TLS handshake fails");
    }

    @Test
    void leavesItDownWhenItDiesAgainWithinFiveMinutes() {
        dead(VerdictReason.POLLER_GONE, 0, 0);
        alive(2);
        dead(VerdictReason.POLLER_GONE, 299, 299);
        assertThat(restarter.restarts()).isEqualTo(1);
        alive(301);
        dead(VerdictReason.POLLER_GONE, 302, 302);

        assertThat(restarter.restarts()).isEqualTo(2);
    }

    @Test
    void leavesItDownWhenItDiesFourTimesWithinAnHour() {
        for (int minute = 0; minute < 60; minute += 15) {
            dead(VerdictReason.POLLER_GONE, minute * 60, minute * 60);
            alive(minute * 60 + 2);
        }
        assertThat(restarter.restarts()).isEqualTo(3);
        dead(VerdictReason.POLLER_GONE, 3600, 3600);

        assertThat(restarter.restarts()).isEqualTo(4);
    }

    private String events() {
        return String.join("\n", events.events().stream().map(EventLog.Event::detail).toList());
    }

    private void dead(VerdictReason reason, int since, int at) {
        restarter.handle(verdict(State.DEAD, reason, since, at));
    }

    private void alive(int at) {
        restarter.handle(verdict(State.ALIVE, VerdictReason.ANSWERS, at, at));
    }

    private static Verdict verdict(State state, VerdictReason reason, int since, int at) {
        return new Verdict(
                state,
                reason,
                reason.text(),
                START.plusSeconds(at),
                START.plusSeconds(since),
                0,
                START);
    }
}
