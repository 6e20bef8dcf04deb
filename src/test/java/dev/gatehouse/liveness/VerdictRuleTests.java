package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.Workers;
import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.Failure;
import dev.gatehouse.liveness.Verdict.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rule with production's thresholds, second by second, without a server. */
class VerdictRuleTests {

    private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");
    private static final ConnectorVitals WELL = vitals(10, 10, Workers.WORKING);

    private final VerdictRule rule =
            new VerdictRule(
                    new VerdictRule.Thresholds(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(2)));
    private ProbeHistory probes = ProbeHistory.NONE;
    private ConnectorVitals vitals = WELL;
    private ConnectorVitals vitalsBefore = WELL;
    private @Nullable Instant visitorAnswered;
    private @Nullable Instant descriptorsOutSince;
    private Duration late = Duration.ZERO;
    private Verdict verdict = Verdict.first(START);
    private Instant now = START;

    @Test
    void isAliveWhenProbeIsAnswered() {
        probe(new Answered(Duration.ofMillis(12)), 0);

        assertThat(look(0)).isEqualTo(State.ALIVE);
        assertThat(verdict.evidence())
                .isEqualTo(
                        "answers (probe answered in 12 ms; last answer on a fresh connection 0 ms"
                                + " ago; 10 of 8192 connection permits taken, 10 live)");
    }

    @Test
    void isBusyWhenProbeIsSlow() {
        probe(new Answered(Duration.ofMillis(1001)), 0);

        assertThat(look(0)).isEqualTo(State.BUSY);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.SLOW_PROBE);
    }

    @Test
    void isBusyWhenProbeWaits() {
        probe(new Answered(Duration.ofMillis(5)), 0);
        probes = probes.beginning(START.plusSeconds(2));

        assertThat(look(6)).isEqualTo(State.BUSY);
        assertThat(verdict.evidence()).contains("probe waiting for 4000 ms");
    }

    @Test
    void staysBusyForeverWhenVisitorsAreAnswered() {
        for (int second = 10; second < 600; second += 10) {
            fail(Failure.TIMED_OUT, second);
            visitorAnswered = START.plusSeconds(second - 1);

            assertThat(look(second)).isEqualTo(State.BUSY);
            assertThat(verdict.reason()).isEqualTo(VerdictReason.VISITORS_ANSWERED);
        }
    }

    @Test
    void staysBusyForeverWhenLimitIsFullOfLiveVisitors() {
        vitals = vitals(8192, 8192, Workers.WORKING);
        for (int second = 10; second < 600; second += 10) {
            fail(Failure.TIMED_OUT, second);

            assertThat(look(second)).isEqualTo(State.BUSY);
            assertThat(verdict.reason()).isEqualTo(VerdictReason.LIMIT_REACHED);
        }
    }

    @Test
    void doesNotDieAtOnceWhenLimitIsNoLongerFull() {
        vitals = vitals(8192, 8192, Workers.WORKING);
        for (int second = 10; second < 600; second += 10) {
            fail(Failure.TIMED_OUT, second);
            look(second);
        }
        vitals = WELL;
        fail(Failure.TIMED_OUT, 600);

        assertThat(look(600)).isEqualTo(State.BUSY);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.UNANSWERED);
    }

    @Test
    void diesOfSilenceAfterThreeFailuresAndThirtySeconds() {
        fail(Failure.TIMED_OUT, 10);
        assertThat(look(10)).isEqualTo(State.BUSY);
        fail(Failure.TIMED_OUT, 20);
        assertThat(look(20)).isEqualTo(State.BUSY);
        fail(Failure.TIMED_OUT, 29);
        assertThat(look(29)).isEqualTo(State.BUSY);

        assertThat(look(31)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.SILENT);
    }

    @Test
    void staysBusyForeverWhenWorkWaitsForItsTurnAndGetsIt() {
        for (int second = 10; second < 600; second += 10) {
            vitals = vitals(1500, 1500, Workers.WORKING, Duration.ofSeconds(8));
            fail(Failure.TIMED_OUT, second);

            assertThat(look(second)).isEqualTo(State.BUSY);
        }
        assertThat(verdict.reason()).isEqualTo(VerdictReason.OVERLOADED);
    }

    @Test
    void countsSilenceAnewWhenOverloadIsOver() {
        for (int second = 10; second <= 60; second += 10) {
            vitals = vitals(1500, 1500, Workers.WORKING, Duration.ofSeconds(8));
            fail(Failure.TIMED_OUT, second);
            look(second);
        }
        vitals = WELL;

        assertThat(look(62)).isEqualTo(State.BUSY);
        assertThat(look(91)).isEqualTo(State.BUSY);
        assertThat(look(92)).isEqualTo(State.DEAD);
    }

    @Test
    void countsSilenceAnewWhenThereAreDescriptorsAgain() {
        descriptorsOutSince = START;
        for (int second = 10; second <= 50; second += 10) {
            fail(Failure.OUT_OF_DESCRIPTORS, second);
            look(second);
        }
        descriptorsOutSince = null;

        assertThat(look(52)).isEqualTo(State.BUSY);
        assertThat(look(79)).isEqualTo(State.BUSY);
        assertThat(look(80)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.SILENT);
    }

    @Test
    void countsSilenceAnewWhenWatchWasHeldUp() {
        fail(Failure.TIMED_OUT, 10);
        fail(Failure.TIMED_OUT, 20);
        fail(Failure.TIMED_OUT, 70);
        late = Duration.ofSeconds(40);
        assertThat(look(70)).isEqualTo(State.BUSY);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.WATCH_LATE);
        late = Duration.ZERO;

        assertThat(look(99)).isEqualTo(State.BUSY);
        assertThat(look(100)).isEqualTo(State.DEAD);
    }

    @Test
    void isBusyForSixtySecondsWhenOutOfDescriptors() {
        descriptorsOutSince = START;
        fail(Failure.OUT_OF_DESCRIPTORS, 10);
        fail(Failure.OUT_OF_DESCRIPTORS, 20);
        fail(Failure.OUT_OF_DESCRIPTORS, 59);
        assertThat(look(59)).isEqualTo(State.BUSY);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.OUT_OF_DESCRIPTORS);

        assertThat(look(60)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.OUT_OF_DESCRIPTORS_FOR_LONG);
    }

    @Test
    void namesDescriptorsAsWhatIsSlow() {
        descriptorsOutSince = START;
        probe(new Answered(Duration.ofMillis(5)), 0);
        assertThat(look(0)).isEqualTo(State.ALIVE);
        probes = probes.beginning(START.plusSeconds(2));

        assertThat(look(4)).isEqualTo(State.BUSY);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.OUT_OF_DESCRIPTORS);
    }

    @Test
    void livesWhenHandshakesFailForWantOfDescriptors() {
        descriptorsOutSince = START;
        for (int second = 1; second < 58; second += 2) {
            fail(Failure.HANDSHAKE_FAILED, second);

            assertThat(look(second + 1)).isEqualTo(State.BUSY);
            assertThat(verdict.isUnready()).isFalse();
        }
        assertThat(look(61)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.OUT_OF_DESCRIPTORS_FOR_LONG);
    }

    @Test
    void losesReadinessAtFirstHardLookAndDiesAtSecond() {
        probe(new Answered(Duration.ofMillis(5)), 0);
        look(0);
        vitals =
                new ConnectorVitals(
                        true, true, false, false, Workers.WORKING, Duration.ZERO, 1, 8192, 1);

        assertThat(look(2)).isEqualTo(State.ALIVE);
        assertThat(verdict.isUnready()).isTrue();
        assertThat(look(4)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.ACCEPTOR_GONE);
    }

    @Test
    void regainsReadinessWhenHardSignIsGoneAtSecondLook() {
        fail(Failure.REFUSED, 0);
        look(0);
        assertThat(verdict.isUnready()).isTrue();
        probe(new Answered(Duration.ofMillis(5)), 2);

        assertThat(look(2)).isEqualTo(State.ALIVE);
        assertThat(verdict.isUnready()).isFalse();
    }

    @Test
    void diesOfRefusalsWhenTwoProbesWereRefused() {
        fail(Failure.REFUSED, 1);
        look(1);
        assertThat(look(2)).isEqualTo(State.ALIVE);
        fail(Failure.REFUSED, 3);

        assertThat(look(4)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.REFUSED);
    }

    @Test
    void diesOfHandshakesWhenThreeFailed() {
        fail(Failure.HANDSHAKE_FAILED, 1);
        fail(Failure.HANDSHAKE_FAILED, 3);
        assertThat(look(4)).isEqualTo(State.BUSY);
        fail(Failure.HANDSHAKE_FAILED, 5);
        look(6);

        assertThat(look(8)).isEqualTo(State.DEAD);
        assertThat(verdict.reason().isRestartable()).isFalse();
    }

    @Test
    void livesWhenHandshakesFailAndVisitorsAreAnswered() {
        for (int second = 1; second < 60; second += 2) {
            fail(Failure.HANDSHAKE_FAILED, second);
            visitorAnswered = START.plusSeconds(second).plusMillis(500);

            assertThat(look(second + 1)).isEqualTo(State.BUSY);
            assertThat(verdict.isUnready()).isFalse();
        }
    }

    @Test
    void isDeadByLeakWhenPermitsBelongToNoConnection() {
        vitals = vitals(8192, 3, Workers.WORKING);
        fail(Failure.TIMED_OUT, 1);
        look(2);
        look(4);

        assertThat(look(6)).isEqualTo(State.DEAD);
        assertThat(verdict.reason()).isEqualTo(VerdictReason.PERMITS_LEAKED);
    }

    @Test
    void staysInServiceWhenPermitsOutliveTheirConnectionsForOneCheck() {
        fail(Failure.TIMED_OUT, 1);
        for (int second = 2; second < 20; second += 2) {
            vitals = vitals(8192, second % 4 == 0 ? 3 : 8192, Workers.WORKING);

            assertThat(look(second)).isEqualTo(State.BUSY);
            assertThat(verdict.isUnready()).isFalse();
        }
    }

    @Test
    void staysDeadUntilThereIsEvidence() {
        vitals = vitals(8192, 3, Workers.WORKING);
        fail(Failure.TIMED_OUT, 1);
        look(2);
        look(4);
        look(5);
        vitals = WELL;
        assertThat(look(6)).isEqualTo(State.DEAD);
        probe(new Answered(Duration.ofMillis(5)), 8);

        assertThat(look(8)).isEqualTo(State.ALIVE);
    }

    @Test
    void namesWorkersWhenTheyAreWhatIsSilent() {
        assertThat(silentWith(Workers.POOL_STALLED)).isEqualTo(VerdictReason.WORKERS_BLOCKED);
        assertThat(VerdictReason.WORKERS_BLOCKED.isRestartable()).isTrue();
        verdict = Verdict.first(START);
        probes = ProbeHistory.NONE;
        assertThat(silentWith(Workers.CARRIERS_STALLED)).isEqualTo(VerdictReason.CARRIERS_STALLED);
        assertThat(VerdictReason.CARRIERS_STALLED.isRestartable()).isFalse();
    }

    private VerdictReason silentWith(Workers workers) {
        vitals = vitals(10, 10, workers);
        fail(Failure.TIMED_OUT, 10);
        fail(Failure.TIMED_OUT, 20);
        fail(Failure.TIMED_OUT, 30);
        look(31);
        return verdict.reason();
    }

    private static ConnectorVitals vitals(long permits, int live, Workers workers) {
        Duration late = workers == Workers.WORKING ? Duration.ZERO : Duration.ofSeconds(31);
        return vitals(permits, live, workers, late);
    }

    private static ConnectorVitals vitals(
            long permits, int live, Workers workers, Duration workLate) {
        return new ConnectorVitals(
                true, false, false, false, workers, workLate, permits, 8192, live);
    }

    private void fail(Failure failure, int atSecond) {
        probe(new Failed(failure, "as the test has it"), atSecond);
    }

    private void probe(ProbeResult result, int atSecond) {
        Instant ended = START.plusSeconds(atSecond);
        Duration took =
                result instanceof Failed failed && failed.failure() == Failure.TIMED_OUT
                        ? Duration.ofSeconds(10)
                        : Duration.ofMillis(1);
        probes = probes.beginning(ended.minus(took)).ended(result, ended);
    }

    private State look(int atSecond) {
        now = START.plusSeconds(atSecond);
        boolean leaking = vitals.isLeaking() && vitalsBefore.isLeaking();
        vitalsBefore = vitals;
        verdict =
                rule.next(
                        verdict,
                        new ConnectorObservation(
                                probes,
                                visitorAnswered,
                                vitals,
                                leaking,
                                descriptorsOutSince,
                                late,
                                now));
        return verdict.state();
    }
}
