package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.tools.job.JobStoreException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** What a caller sees of a database in each state. */
class DatabaseTests {

    private static Database open(String url) {
        return new Database(
                new ConnectionPools(
                        new DatabaseProperties(url, "postgres", "postgres"),
                        4,
                        // a busy machine's first connection
                        config -> config.setConnectionTimeout(5_000)),
                Clock.systemUTC());
    }

    private static void check(Database database) {
        database.check(client -> client.sql("DELETE FROM rate_limit").update());
    }

    private static int one(Database database) {
        return database.request(client -> client.sql("SELECT 1").query(Integer.class).single());
    }

    @Test
    void requestWhenDatabaseIsThereIsAnswered() {
        try (Database database = open(PostgresServer.shared().newDatabase())) {
            check(database);
            assertThat(one(database)).isEqualTo(1);
            Integer jobs =
                    database.request(
                            client ->
                                    client.sql("SELECT count(*) FROM job")
                                            .query(Integer.class)
                                            .single());
            assertThat(jobs).isZero();
        }
    }

    @Test
    void requestWhenDatabaseWasNotReachedYetIsRefused() {
        try (Database database = open("jdbc:postgresql://127.0.0.1:1/none")) {
            check(database);
            assertThatThrownBy(() -> one(database))
                    .isInstanceOf(JobStoreException.class)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void requestWhenServerStoppedIsRefusedAndAnsweredWhenItIsBack() {
        try (PostgresServer server = PostgresServer.start();
                Database database = open(server.newDatabase())) {
            check(database);
            assertThat(one(database)).isEqualTo(1);
            server.stop();
            assertThatThrownBy(() -> one(database)).isInstanceOf(JobStoreException.class);
            assertThat(database.isAvailable()).isFalse();
            server.startAgain();
            await().until(
                            () -> {
                                check(database);
                                return database.isAvailable();
                            });
            assertThat(one(database)).isEqualTo(1);
        }
    }

    @Test
    void requestWhenStatementTakesTooLongIsRefusedAndOthersAreAnswered() {
        try (Database database = open(PostgresServer.shared().newDatabase())) {
            check(database);
            assertThatThrownBy(
                            () ->
                                    database.requestInTransaction(
                                            client -> {
                                                client.sql("SET LOCAL statement_timeout = 50")
                                                        .update();
                                                return client.sql("SELECT pg_sleep(60)")
                                                        .query()
                                                        .singleRow();
                                            }))
                    .isInstanceOf(JobStoreException.class)
                    .hasMessageContaining("statement timeout");
            assertThat(database.isAvailable()).isTrue();
            assertThat(setting(database, "statement_timeout")).isEqualTo("1s");
            assertThat(setting(database, "idle_in_transaction_session_timeout")).isEqualTo("30s");
        }
    }

    private static String setting(Database database, String name) {
        return database.request(client -> client.sql("SHOW " + name).query(String.class).single());
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "53300", "55P03", "58030", "25006", "XX001"})
    void requestWhenServerCannotDoItIsRefused(String state) {
        try (Database database = open(PostgresServer.shared().newDatabase())) {
            check(database);
            assertThatThrownBy(
                            () ->
                                    database.request(
                                            client ->
                                                    client.sql(
                                                                    "DO $$ BEGIN RAISE SQLSTATE '"
                                                                            + state
                                                                            + "'; END $$")
                                                            .update()))
                    .isInstanceOf(JobStoreException.class);
            assertThat(database.isAvailable()).isTrue();
        }
    }

    @Test
    void requestWhenStatementIsWrongIsNoAbsenceOfTheDatabase() {
        try (Database database = open(PostgresServer.shared().newDatabase())) {
            check(database);
            assertThatThrownBy(() -> database.request(client -> client.sql("SELEC 1").update()))
                    .isInstanceOf(DataAccessException.class);
            assertThat(database.isAvailable()).isTrue();
        }
    }

    @Test
    void requestWhenDatabaseIsReadOnlyIsRefusedForWritesAlone() {
        String url = PostgresServer.shared().newDatabase();
        try (Database database = open(url + "?options=-c%20default_transaction_read_only%3Doff")) {
            check(database);
            assertThatThrownBy(
                            () ->
                                    database.requestInTransaction(
                                            client -> {
                                                client.sql("SET TRANSACTION READ ONLY").update();
                                                return client.sql(
                                                                "INSERT INTO rate_limit VALUES"
                                                                        + " ('a', 1, now())")
                                                        .update();
                                            }))
                    .isInstanceOf(JobStoreException.class);
            assertThat(one(database)).isEqualTo(1);
        }
    }

    @Test
    void urlWhenNotOfPostgresIsRefusedWithoutItsSecrets() {
        assertThatThrownBy(() -> open("jdbc:mysql://u:p@db/x?password=secret"))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage(
                        "spring.datasource.url = 'jdbc:mysql://...@db/x?...' is not a JDBC URL of"
                                + " PostgreSQL.");
    }
}
