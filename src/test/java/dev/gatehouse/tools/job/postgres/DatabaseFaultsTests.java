package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.LoadBalancer;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers are answered while a real database is slow, silent, full or read-only. */
class DatabaseFaultsTests {

    private static final String DISK_FULL =
            """
            CREATE OR REPLACE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device'
                    USING ERRCODE = '53100';
            END $$;
            CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON %1$s
                FOR EACH STATEMENT EXECUTE FUNCTION disk_full();
            """;

    private static String url;
    private static LoadBalancer proxy;
    private static RunningGatehouse gatehouse;
    private static JobClient client;

    @BeforeAll
    static void start() {
        url = PostgresServer.shared().newDatabase();
        URI direct = URI.create(url.substring("jdbc:".length()));
        proxy = new LoadBalancer("127.0.0.1");
        proxy.leadTo(_ -> direct.getPort());
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {GatehouseWithTimedTool.class},
                        PostgresServer.properties(
                                "jdbc:postgresql://127.0.0.1:%d%s"
                                        .formatted(
                                                proxy.port(ConnectorName.HTTP), direct.getPath()),
                                "gatehouse.jobs.workers=2"));
        client = new JobClient(gatehouse.port(ConnectorName.HTTP));
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
        proxy.close();
    }

    @BeforeEach
    void awaitDatabase() {
        await().until(() -> client.post(0, 1).status() == 202);
    }

    @Test
    void requestsWhenTheDatabaseFallsSilentAreRefusedInTime() {
        String job = client.submit(1, 1);

        proxy.hold();
        try {
            assertUnavailable(client.post(1, 1));
            assertUnavailable(client.get(job, "application/json"));
            assertUnavailable(client.get(job + "/events", "text/event-stream"));
            assertThat(client.get("/ping", "*/*").status()).isEqualTo(200);
        } finally {
            proxy.release();
        }

        await().until(() -> client.state(job).equals("DONE"));
    }

    @Test
    void requestsWhenATableIsLockedAreRefusedInTime() throws SQLException {
        String job = client.submit(1, 1);

        try (Connection locking = PostgresServer.connect(url);
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE job IN ACCESS EXCLUSIVE MODE");

            assertUnavailable(client.post(1, 1));
            assertUnavailable(client.get(job, "application/json"));
            locking.rollback();
        }

        await().until(() -> client.state(job).equals("DONE"));
    }

    @Test
    void submissionsWhenTheDiskIsFullAreRefusedAndJobsAreRead() {
        String job = client.submit(1, 1);
        await().until(() -> client.state(job).equals("DONE"));

        PostgresServer.execute(url, DISK_FULL.formatted("job"));
        PostgresServer.execute(url, DISK_FULL.formatted("instance"));
        try {
            assertUnavailable(client.post(1, 1));
            assertThat(client.state(job)).isEqualTo("DONE");
        } finally {
            PostgresServer.execute(url, "DROP FUNCTION disk_full CASCADE");
        }
    }

    @Test
    void submissionsWhenTheDatabaseIsReadOnlyAreRefusedAndJobsAreRead() {
        String job = client.submit(1, 1);
        await().until(() -> client.state(job).equals("DONE"));

        setReadOnly("on");
        try {
            await().until(() -> !gatehouse.bean(Database.class).isWritable());
            assertUnavailable(client.post(1, 1));
            assertThat(client.state(job)).isEqualTo("DONE");
        } finally {
            setReadOnly("off");
        }
    }

    /** For new connections; those that are open end. */
    private static void setReadOnly(String value) {
        PostgresServer.execute(
                url + "?options=-c%20default_transaction_read_only%3Doff",
                """
                DO $$ BEGIN
                    EXECUTE format('ALTER DATABASE %%I SET default_transaction_read_only = %s',
                                   current_database());
                END $$;
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE '%1$s' = 'on' AND datname = current_database() AND pid <> pg_backend_pid();
                """
                        .formatted(value));
    }

    private static void assertUnavailable(RawHttp.Response response) {
        assertThat(response.status()).as(response.body()).isEqualTo(503);
        assertThat(response.header("Content-Type")).contains("application/problem+json");
        assertThat(response.header("Retry-After")).isPresent();
        assertThat(response.body()).contains("\"unavailable\"");
    }
}
