package dev.gatehouse.status;

import static dev.gatehouse.status.ComponentCondition.ALIVE;
import static dev.gatehouse.status.ComponentCondition.DEAD;
import static dev.gatehouse.status.ComponentCondition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.config.StateDirectory;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.status.StatusHistoryStore.Entry;
import dev.gatehouse.status.StatusTimeline.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StatusTimelineTests {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final StatusTimeline timeline = new StatusTimeline();

    /** Looks each second, as the server does. */
    private void look(Instant from, int seconds, ComponentCondition condition) {
        for (int i = 0; i < seconds; i++) {
            timeline.record(from.plusSeconds(i), condition);
        }
    }

    @Test
    void deathOfThreeSecondsIsThreeSecondsLong() {
        look(NOON, 10, ALIVE);
        look(NOON.plusSeconds(10), 3, DEAD);
        look(NOON.plusSeconds(13), 10, ALIVE);

        assertThat(timeline.until(NOON.plusSeconds(22)))
                .extracting(Interval::condition, i -> i.duration().toSeconds())
                .containsExactly(
                        tuple(UNKNOWN, 24 * 3600 - 22L),
                        tuple(ALIVE, 10L),
                        tuple(DEAD, 3L),
                        tuple(ALIVE, 9L));
    }

    @Test
    void conditionThatBeganAtTheLastLookLastsUntilNow() {
        look(NOON, 10, ALIVE);
        timeline.record(NOON.plusSeconds(10), DEAD);

        assertThat(timeline.until(NOON.plusMillis(10_200)))
                .last()
                .isEqualTo(new Interval(NOON.plusSeconds(10), NOON.plusMillis(10_200), DEAD));
    }

    @Test
    void changesWithinOneTickOfTheClockAreKept() {
        timeline.record(NOON, ALIVE);
        timeline.record(NOON, DEAD);

        assertThat(timeline.recorded())
                .extracting(Interval::condition)
                .containsExactly(ALIVE, DEAD);
    }

    @Test
    void timeWithoutALookIsUnknown() {
        look(NOON, 2, ALIVE);
        look(NOON.plusSeconds(3600), 2, ALIVE);

        assertThat(timeline.until(NOON.plusSeconds(3601)))
                .extracting(Interval::condition)
                .containsExactly(UNKNOWN, ALIVE, UNKNOWN, ALIVE);
        assertThat(timeline.until(NOON.plusSeconds(7200)).getLast().condition()).isEqualTo(UNKNOWN);
    }

    @Test
    void timeBetweenTwoRunsIsUnknownHoweverShort() {
        timeline.add(new Interval(NOON, NOON.plusSeconds(10), ALIVE));
        look(NOON.plusSeconds(15), 6, ALIVE);

        assertThat(timeline.until(NOON.plusSeconds(20)))
                .extracting(Interval::condition, i -> i.duration().toSeconds())
                .endsWith(tuple(ALIVE, 10L), tuple(UNKNOWN, 5L), tuple(ALIVE, 5L));
    }

    @Test
    void timeBeforeTheFirstLookAndAnUnknownConditionAreOneInterval() {
        look(NOON, 2, UNKNOWN);
        look(NOON.plusSeconds(2), 2, ALIVE);

        assertThat(timeline.until(NOON.plusSeconds(3)))
                .extracting(Interval::condition)
                .containsExactly(UNKNOWN, ALIVE);
    }

    @Test
    void intervalsOlderThanADayAreCutOff() {
        look(NOON, 100, DEAD);

        assertThat(timeline.until(NOON.plusSeconds(49).plus(StatusTimeline.SPAN)))
                .extracting(Interval::condition, i -> i.duration().toSeconds())
                .startsWith(tuple(DEAD, 50L));
        assertThat(timeline.until(NOON.plusSeconds(200).plus(StatusTimeline.SPAN)))
                .singleElement()
                .extracting(Interval::condition)
                .isEqualTo(UNKNOWN);
    }

    @Test
    void nothingRecordedIsUnknown() {
        assertThat(timeline.until(NOON))
                .containsExactly(new Interval(NOON.minus(Duration.ofDays(1)), NOON, UNKNOWN));
        assertThat(StatusTimeline.availability(timeline.until(NOON))).isNull();
    }

    @Test
    void availabilityCountsTheKnownTimeAlone() {
        look(NOON, 98, ALIVE);
        look(NOON.plusSeconds(98), 2, DEAD);
        timeline.record(NOON.plusSeconds(100), ALIVE);

        assertThat(StatusTimeline.availability(timeline.until(NOON.plusSeconds(100))))
                .isEqualTo(98.0);
    }

    @Test
    void availabilityWhenADeathWasShortIsLessThanAHundred() {
        Instant start = NOON.minus(Duration.ofHours(23));
        List<Interval> intervals =
                List.of(
                        new Interval(start, NOON, ALIVE),
                        new Interval(NOON, NOON.plusMillis(10), DEAD));

        assertThat(StatusTimeline.availability(intervals)).isEqualTo(99.999);
    }

    @Test
    void changesWithoutEndKeepABoundedNumber() {
        for (int i = 0; i < 5000; i++) {
            timeline.record(NOON.plusSeconds(i), i % 2 == 0 ? ALIVE : DEAD);
        }

        assertThat(timeline.recorded()).hasSize(1000);
    }

    private static StatusHistory history() {
        return new StatusHistory(
                _ -> ComponentStatus.UNKNOWN, new EventLog(Clock.systemUTC()), Clock.systemUTC());
    }

    @Test
    void historyWhenSavedOutlivesTheProcess(@TempDir Path folder) {
        StatusHistoryFile file =
                new StatusHistoryFile(new StateDirectory(folder.resolve("new"), "a test"));
        StatusHistory before = history();
        before.timeline(StatusComponent.HTTPS).add(new Interval(NOON, NOON.plusMillis(3), DEAD));
        file.save(before.entries());

        StatusHistory after = history();
        new StatusHistoryKeeper(after, file, () -> NOON.plusSeconds(60)).run();

        assertThat(after.timeline(StatusComponent.HTTPS).recorded())
                .containsExactly(new Interval(NOON, NOON.plusMillis(3), DEAD));
    }

    @Test
    void historyWhenItsFileIsDamagedKeepsWhatCanBeRead(@TempDir Path folder, CapturedOutput output)
            throws IOException {
        Path file = Files.createDirectory(folder.resolve("status")).resolve("history");
        Files.writeString(
                file,
                "HTTP 2026-01-01T12:00:00Z 2026-01-01T12:00:01Z ALIVE\nHTTP 2026-01-01T12:00:0");
        StatusHistory history = history();

        keeper(folder, history).run();

        assertThat(history.timeline(StatusComponent.HTTP).recorded()).hasSize(1);
        assertThat(output).containsOnlyOnce("The rest of the status page's history is lost");
    }

    @Test
    void historyWhenItsTimesAreInTheFutureIsCutThere(@TempDir Path folder) throws IOException {
        Path file = Files.createDirectory(folder.resolve("status")).resolve("history");
        Files.writeString(
                file,
                """
                HTTP %s %s ALIVE
                HTTP %s %s DEAD
                HTTP %s %s DEAD
                """
                        .formatted(
                                NOON.minusSeconds(60),
                                NOON.plusSeconds(60),
                                NOON.plusSeconds(60),
                                NOON.plusSeconds(120),
                                NOON.minusSeconds(10),
                                NOON.minusSeconds(20)));
        StatusHistory history = history();

        keeper(folder, history).run();

        assertThat(history.timeline(StatusComponent.HTTP).recorded())
                .containsExactly(new Interval(NOON.minusSeconds(60), NOON, ALIVE));
    }

    private static StatusHistoryKeeper keeper(Path folder, StatusHistory history) {
        return new StatusHistoryKeeper(
                history, new StatusHistoryFile(new StateDirectory(folder, "a test")), () -> NOON);
    }

    @Test
    void historyWhenItsStoreIsLateComesBeforeWhatIsRecordedAndIsSavedOnlyThen() {
        List<List<Entry>> saved = new ArrayList<>();
        Entry earlier = new Entry("HTTP", NOON.minusSeconds(9), NOON.plusSeconds(9), "DEAD");
        Entry unknown = new Entry("HTTP", NOON.minusSeconds(20), NOON.minusSeconds(10), "NEW");
        Deque<Optional<List<Entry>>> answers =
                new ArrayDeque<>(List.of(Optional.empty(), Optional.of(List.of(unknown, earlier))));
        StatusHistoryStore store =
                new StatusHistoryStore() {
                    @Override
                    public Optional<List<Entry>> load() {
                        return answers.remove();
                    }

                    @Override
                    public void save(List<Entry> entries) {
                        saved.add(entries);
                    }
                };
        StatusHistory history = history();
        StatusTimeline timeline = history.timeline(StatusComponent.HTTP);
        StatusHistoryKeeper keeper = new StatusHistoryKeeper(history, store, () -> NOON);
        timeline.record(NOON, ALIVE);

        keeper.run();
        assertThat(saved).isEmpty();
        keeper.run();
        keeper.run();

        assertThat(timeline.recorded())
                .containsExactly(
                        new Interval(NOON.minusSeconds(9), NOON, DEAD),
                        new Interval(NOON, NOON, ALIVE));
        assertThat(saved).hasSize(2).last().isEqualTo(history.entries());
    }

    @Test
    void historyWhenItCannotBeSavedSaysSoOnce(@TempDir Path folder, CapturedOutput output)
            throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        StatusHistoryFile file = new StatusHistoryFile(new StateDirectory(taken, "a test"));

        file.save(history().entries());
        file.save(history().entries());

        assertThat(output).containsOnlyOnce("cannot be saved, and a restart will lose it");
    }
}
