package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.Workers;
import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.liveness.ConnectorReport;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.ProbeResult;
import dev.gatehouse.liveness.PublicAddressCheck;
import dev.gatehouse.liveness.Verdict;
import dev.gatehouse.liveness.VerdictReason;
import dev.gatehouse.status.StatusTimeline.Interval;
import dev.gatehouse.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StatusHistoryTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final Map<StatusComponent, ComponentStatus> current =
            new EnumMap<>(StatusComponent.class);
    private final EventLog events = new EventLog(clock);
    private final StatusHistory history = new StatusHistory(this::current, events, clock);

    StatusHistoryTests() {
        for (StatusComponent component : StatusComponent.values()) {
            current.put(component, status(ComponentCondition.ALIVE, "answered in 3 ms"));
        }
    }

    private ComponentStatus current(StatusComponent component) {
        return current.getOrDefault(component, ComponentStatus.UNKNOWN);
    }

    @Test
    void recordWhenAConnectorIsDeadMarksItsTimeline() {
        history.record();
        current.put(StatusComponent.HTTPS, status(ComponentCondition.DEAD, "REFUSED"));
        clock.set(NOW.plusSeconds(1));
        history.record();
        clock.set(NOW.plusSeconds(2));
        history.record();

        assertThat(history.timeline(StatusComponent.HTTPS).recorded())
                .extracting(Interval::condition)
                .containsExactly(ComponentCondition.ALIVE, ComponentCondition.DEAD);
        assertThat(history.timeline(StatusComponent.HTTP).recorded())
                .extracting(Interval::condition)
                .containsExactly(ComponentCondition.ALIVE);
    }

    @Test
    void deathBetweenTwoLooksIsInTheTimelineWhenItsEventsAre() {
        history.record();
        events.addListener(history::recordConditions);
        clock.set(NOW.plusMillis(100));
        current.put(StatusComponent.HTTP, status(ComponentCondition.DEAD, "REFUSED"));
        events.add(Verdict.State.DEAD, "Plain HTTP is dead", "REFUSED");
        clock.set(NOW.plusMillis(400));
        current.put(StatusComponent.HTTP, status(ComponentCondition.ALIVE, "answered in 3 ms"));
        events.add(Verdict.State.ALIVE, "Plain HTTP is alive", "answered in 3 ms");

        assertThat(history.timeline(StatusComponent.HTTP).until(NOW.plusMillis(401)))
                .contains(
                        new Interval(
                                NOW.plusMillis(100), NOW.plusMillis(400), ComponentCondition.DEAD));
    }

    @Test
    void recordWhenOutsideChangesAddsOneEvent() {
        history.record();
        history.record();

        assertThat(events.events())
                .singleElement()
                .satisfies(e -> assertThat(e.headline()).isEqualTo("From outside is alive"))
                .satisfies(e -> assertThat(e.detail()).isEqualTo("answered in 3 ms"));
    }

    @Test
    void contradictionWhenInsideIsAliveAndOutsideDeadSaysJustThat() {
        current.put(StatusComponent.OUTSIDE, status(ComponentCondition.DEAD, "timed out"));
        history.record();
        history.record();

        assertThat(history.isContradiction()).isTrue();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new StatusMetrics(history).bindTo(meters);
        assertThat(meters.get("gatehouse.status.contradiction").gauge().value()).isEqualTo(1);
        assertThat(events.events())
                .extracting(EventLog.Event::headline)
                .containsExactly("From outside is dead", "Inside says alive, outside says dead");

        current.put(StatusComponent.HTTPS, status(ComponentCondition.DEAD, "REFUSED"));
        assertThat(history.isContradiction()).isFalse();
    }

    @Test
    void conditionIsThatOfTheVerdict() {
        assertThat(conditionOf(Verdict.State.ALIVE, false)).isEqualTo(ComponentCondition.ALIVE);
        assertThat(conditionOf(Verdict.State.BUSY, false)).isEqualTo(ComponentCondition.BUSY);
        assertThat(conditionOf(Verdict.State.DEAD, false)).isEqualTo(ComponentCondition.DEAD);
    }

    @Test
    void conditionIsDeadWhenTheVerdictIsTooOld() {
        assertThat(conditionOf(Verdict.State.ALIVE, true)).isEqualTo(ComponentCondition.DEAD);
    }

    @Test
    void conditionOfTheExternalCheckIsAliveOrDead() {
        assertThat(
                        ComponentStatus.of(
                                new PublicAddressCheck.Result(
                                        true, "timed out", Duration.ofSeconds(1))))
                .isEqualTo(new ComponentStatus(ComponentCondition.DEAD, "timed out", 1000L));
        assertThat(
                        ComponentStatus.of(
                                        new PublicAddressCheck.Result(
                                                false, "answers", Duration.ZERO))
                                .condition())
                .isEqualTo(ComponentCondition.ALIVE);
    }

    @Test
    void propertiesWhenNotSetHaveTheirDefaults() {
        assertThat(
                        new Binder(new MapConfigurationPropertySource(Map.of()))
                                .bindOrCreate("gatehouse.status", StatusProperties.class))
                .isEqualTo(new StatusProperties(null, true, Duration.ofSeconds(1), 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 30})
    void lookIntervalWhenItWouldLeaveGapsIsRefused(int seconds) {
        assertThatThrownBy(() -> new StatusProperties(null, true, Duration.ofSeconds(seconds), 200))
                .isInstanceOfSatisfying(
                        InvalidPropertyException.class,
                        ex ->
                                assertThat(ex.getMessage())
                                        .contains("gatehouse.status.look-interval")
                                        .contains("not a positive duration of less than 30 s"));
    }

    private static ComponentCondition conditionOf(Verdict.State state, boolean stale) {
        Verdict verdict = new Verdict(state, VerdictReason.ANSWERS, "as seen", NOW, NOW, 0, NOW);
        return ComponentStatus.of(
                        new ConnectorReport(
                                ConnectorName.HTTP,
                                80,
                                verdict,
                                stale,
                                0,
                                new ConnectorVitals(
                                        true,
                                        false,
                                        false,
                                        false,
                                        Workers.WORKING,
                                        Duration.ZERO,
                                        1,
                                        100,
                                        1),
                                NOW,
                                new ProbeResult.Answered(Duration.ofMillis(3)),
                                1,
                                1,
                                Map.of(ConnectionKind.ACCEPTED, 1L)))
                .condition();
    }

    private static ComponentStatus status(ComponentCondition condition, String reason) {
        return new ComponentStatus(condition, reason, null);
    }
}
