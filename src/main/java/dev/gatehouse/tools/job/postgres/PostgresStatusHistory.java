package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.status.StatusHistoryStore;
import dev.gatehouse.tools.job.JobStoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the status page's history of this instance beside those of others, for a day. Times are the
 * instance's own. While the database cannot be reached nothing is lost: what is not saved yet is
 * saved later.
 */
final class PostgresStatusHistory implements StatusHistoryStore {

    private final Database database;
    private final String instance;

    /** End of the last interval that is saved; all that ends before it is saved too. */
    private Instant saved = Instant.MIN;

    PostgresStatusHistory(Database database, String instance) {
        this.database = database;
        this.instance = instance;
    }

    @Override
    public synchronized Optional<List<Entry>> load() {
        try {
            List<Entry> entries = database.request(this::load);
            saved = lastEnd(entries);
            return Optional.of(entries);
        } catch (JobStoreException _) {
            return Optional.empty(); // the database is checked elsewhere
        }
    }

    private List<Entry> load(JdbcClient client) {
        return client.sql(
                        "SELECT * FROM status_interval WHERE instance = :instance"
                                + " ORDER BY begins_at, ends_at")
                .param("instance", instance)
                .query((row, _) -> entry(row))
                .list();
    }

    private Instant lastEnd(List<Entry> entries) {
        return entries.stream().map(Entry::until).max(Instant::compareTo).orElse(saved);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("component"),
                row.getObject("begins_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                row.getString("condition"));
    }

    @Override
    public synchronized void save(List<Entry> entries) {
        List<Entry> unsaved =
                entries.stream().filter(entry -> !entry.until().isBefore(saved)).toList();
        try {
            database.requireWritable();
            database.requestInTransaction(
                    client -> {
                        unsaved.forEach(entry -> save(client, entry));
                        return client.sql(
                                        "DELETE FROM status_interval"
                                                + " WHERE ends_at < now() - interval '25 hours'")
                                .update();
                    });
            saved = lastEnd(unsaved);
        } catch (JobStoreException _) {
            // the next time
        }
    }

    private void save(JdbcClient client, Entry entry) {
        client.sql(
                        """
                        INSERT INTO status_interval
                            (instance, component, begins_at, ends_at, condition)
                        VALUES (:instance, :component, :from, :until, :condition)
                        ON CONFLICT (instance, component, begins_at, condition)
                            DO UPDATE SET ends_at = excluded.ends_at
                        """)
                .param("instance", instance)
                .param("component", entry.component())
                .param("from", entry.from().atOffset(ZoneOffset.UTC))
                .param("until", entry.until().atOffset(ZoneOffset.UTC))
                .param("condition", entry.condition())
                .update();
    }
}
