package dev.gatehouse.tools.job.postgres;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes what is no longer kept. Readers do not depend on when that happens. */
final class Retention {

    private final Database database;

    Retention(Database database) {
        this.database = database;
    }

    /** Removes results first, and jobs when they are no longer answered with 410 either. */
    void clean() {
        for (String table : List.of("job_part_chunk", "job_part", "job_row", "job_event")) {
            execute(
                    "DELETE FROM "
                            + table
                            + " WHERE job_id IN (SELECT id FROM job WHERE expires_at <= now())");
        }
        execute(
                "UPDATE job SET report = NULL, progress = NULL, idempotency_key = NULL"
                        + " WHERE expires_at <= now()"
                        + " AND (report IS NOT NULL OR idempotency_key IS NOT NULL)");
        execute("DELETE FROM job WHERE expires_at <= now() AND expires_at + kept <= now()");
        execute("DELETE FROM rate_limit WHERE updated_at < now() - interval '2 minutes'");
        execute("DELETE FROM instance WHERE seen_at < now() - interval '1 hour'");
    }

    private void execute(String sql) {
        database.workInTransaction((JdbcClient client) -> client.sql(sql).update());
    }
}
