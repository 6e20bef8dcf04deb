package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.liveness.InstanceDirectory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The instances that share the database, as each says again and again that it lives. */
final class Instances implements InstanceDirectory {

    private static final TypeReference<Map<String, String>> VERDICTS = new TypeReference<>() {};

    private final String name;
    private final OffsetDateTime startedAt;
    private final Supplier<Map<String, String>> verdicts;
    private final JsonMapper json;
    private volatile List<Instance> live = List.of();

    /**
     * @param verdicts what this instance says of its connectors
     */
    Instances(
            String name,
            Instant startedAt,
            Supplier<Map<String, String>> verdicts,
            JsonMapper json) {
        this.name = name;
        this.startedAt = startedAt.atOffset(ZoneOffset.UTC);
        this.verdicts = verdicts;
        this.json = json;
    }

    /** Says that this instance lives, and reads which others do. */
    void announce(JdbcClient client) {
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
                .param("status", json.writeValueAsString(verdicts.get()))
                .update();
        live =
                client.sql(
                                "SELECT * FROM instance"
                                        + " WHERE seen_at > now() - interval '15 seconds'"
                                        + " ORDER BY name")
                        .query((row, _) -> instance(row))
                        .list();
    }

    private Instance instance(ResultSet row) throws SQLException {
        return new Instance(
                row.getString("name"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                json.readValue(row.getString("status"), VERDICTS));
    }

    /** Forgets the other instances, which are unknown while the database cannot be reached. */
    void forget() {
        live = List.of();
    }

    @Override
    public List<Instance> live() {
        return live;
    }
}
