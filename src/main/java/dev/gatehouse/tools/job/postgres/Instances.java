package dev.gatehouse.tools.job.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The instances that share the database, as each says every second that it lives. */
final class Instances {

    private static final String LIVE = "seen_at > now() - interval '15 seconds'";

    private final Database database;
    private final String name;
    private final OffsetDateTime startedAt;

    Instances(Database database, String name, Instant startedAt) {
        this.database = database;
        this.name = name;
        this.startedAt = startedAt.atOffset(ZoneOffset.UTC);
    }

    /**
     * An instance.
     *
     * @param status what it says about itself, as JSON
     */
    record Live(String name, Instant startedAt, Instant seenAt, String status) {}

    /** Says that this instance lives. */
    void announce(JdbcClient client, String status) {
        client.sql(
                        """
                        INSERT INTO instance (name, started_at, seen_at, status)
                        VALUES (:name, :startedAt, clock_timestamp(), :status)
                        ON CONFLICT (name) DO UPDATE
                            SET started_at = excluded.started_at, seen_at = excluded.seen_at,
                                status = excluded.status
                        """)
                .param("name", name)
                .param("startedAt", startedAt)
                .param("status", status)
                .update();
    }

    /** Those that live, by name. */
    List<Live> live() {
        return database.request(
                client ->
                        client.sql("SELECT * FROM instance WHERE " + LIVE + " ORDER BY name")
                                .query(
                                        (row, _) ->
                                                new Live(
                                                        row.getString("name"),
                                                        row.getObject(
                                                                        "started_at",
                                                                        OffsetDateTime.class)
                                                                .toInstant(),
                                                        row.getObject(
                                                                        "seen_at",
                                                                        OffsetDateTime.class)
                                                                .toInstant(),
                                                        row.getString("status")))
                                .list());
    }
}
