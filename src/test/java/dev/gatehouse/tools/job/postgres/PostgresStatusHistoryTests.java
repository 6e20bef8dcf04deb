package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.status.StatusHistoryStore.Entry;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status page's history in a real database. */
class PostgresStatusHistoryTests {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final String url = PostgresServer.shared().newDatabase();

    @Test
    void eachInstanceLoadsWhatItSavedItself() {
        try (Database database = open(url)) {
            database.check(_ -> {});
            Entry dead = entry("HTTPS", 30, 20, "DEAD");
            Entry alive = entry("HTTPS", 20, 10, "ALIVE");
            PostgresStatusHistory first = new PostgresStatusHistory(database, "first");
            first.save(List.of(dead, alive));
            new PostgresStatusHistory(database, "second")
                    .save(List.of(entry("HTTP", 9, 8, "BUSY")));

            Entry longer = entry("HTTPS", 20, 5, "ALIVE");
            first.save(List.of(dead, longer));

            assertThat(new PostgresStatusHistory(database, "first").load())
                    .contains(List.of(dead, longer));
            assertThat(new PostgresStatusHistory(database, "second").load())
                    .contains(List.of(entry("HTTP", 9, 8, "BUSY")));
            assertThat(new PostgresStatusHistory(database, "third").load()).contains(List.of());
        }
    }

    @Test
    void intervalsOfOneMomentAreKeptAndThoseOfADayAgoAreNot() {
        try (Database database = open(url)) {
            database.check(_ -> {});
            PostgresStatusHistory history = new PostgresStatusHistory(database, "a");
            Entry moment = entry("HTTP", 10, 10, "DEAD");
            Entry rest = entry("HTTP", 10, 9, "ALIVE");
            history.save(List.of(entry("HTTP", 100_000, 99_000, "ALIVE"), moment, rest));

            assertThat(history.load()).contains(List.of(moment, rest));
        }
    }

    @Test
    void historyIsAbsentAndSavedLaterWhileDatabaseIsNotReached() {
        try (Database database = open(url)) {
            PostgresStatusHistory history = new PostgresStatusHistory(database, "a");
            Entry entry = entry("HTTP", 10, 9, "DEAD");
            assertThat(history.load()).isEmpty();
            history.save(List.of(entry));

            database.check(_ -> {});
            assertThat(history.load()).contains(List.of());
            history.save(List.of(entry));

            assertThat(history.load()).contains(List.of(entry));
        }
    }

    @Test
    void serverShowsItsOwnHistoryAndSavesTheRestWhenItStops() {
        try (Database database = open(url)) {
            database.check(_ -> {});
            new PostgresStatusHistory(database, "first")
                    .save(List.of(entry("HTTPS", 600, 300, "DEAD")));
            new PostgresStatusHistory(database, "second")
                    .save(List.of(entry("HTTP", 700, 400, "BUSY")));

            try (RunningGatehouse first = start("first");
                    RunningGatehouse second = start("second")) {
                awaitHistory(first, 300, 400);
                awaitHistory(second, 400, 300);
            }

            assertThat(countOfThisRun(database, "first")).isPositive();
            assertThat(new PostgresStatusHistory(database, "first").load().orElseThrow())
                    .contains(entry("HTTPS", 600, 300, "DEAD"))
                    .doesNotContain(entry("HTTP", 700, 400, "BUSY"));
        }
    }

    /** By the ends of the intervals: on a busy machine a server may record any condition. */
    private void awaitHistory(RunningGatehouse gatehouse, int own, int ofOther) {
        await().untilAsserted(
                        () ->
                                assertThat(status(gatehouse))
                                        .contains("\"until\":\"" + now.minusSeconds(own) + "\"")
                                        .doesNotContain(now.minusSeconds(ofOther).toString()));
    }

    private int countOfThisRun(Database database, String instance) {
        return database.request(
                client ->
                        client.sql(
                                        "SELECT count(*) FROM status_interval WHERE instance ="
                                                + " :instance AND begins_at"
                                                + " >= :start")
                                .param("instance", instance)
                                .param("start", OffsetDateTime.parse(now.toString()))
                                .query(Integer.class)
                                .single());
    }

    private RunningGatehouse start(String instance) {
        return RunningGatehouse.start(
                PostgresServer.properties(url, "gatehouse.instance=" + instance));
    }

    private static String status(RunningGatehouse gatehouse) {
        return gatehouse
                .https(RawHttp.request("GET /status?format=json HTTP/1.1", "Host: localhost"))
                .body();
    }

    private Entry entry(String component, int from, int until, String condition) {
        return new Entry(component, now.minusSeconds(from), now.minusSeconds(until), condition);
    }

    private static Database open(String url) {
        return new Database(
                new ConnectionPools(
                        new DatabaseProperties(url, "postgres", "postgres"),
                        4,
                        SharedJobsFixture::setPatience),
                Clock.systemUTC());
    }
}
