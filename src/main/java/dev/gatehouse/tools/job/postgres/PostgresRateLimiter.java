package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.tools.job.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Limits that all instances share: a bucket for each that fills steadily, and from which one
 * statement takes a token if there is one.
 */
final class PostgresRateLimiter implements RateLimiter {

    private static final String AVAILABLE =
            "least(:count, tokens + greatest(0, extract(epoch FROM clock_timestamp() - updated_at))"
                    + " * :count / 60.0)";

    private final Database database;

    PostgresRateLimiter(Database database) {
        this.database = database;
    }

    @Override
    public Decision take(List<Limit> limits) {
        return database.request(client -> take(client, limits));
    }

    private static Decision take(JdbcClient client, List<Limit> limits) {
        List<Level> levels = new ArrayList<>();
        for (Limit limit : limits) {
            Optional<Double> left = take(client, limit);
            if (left.isEmpty()) {
                levels.add(new Level(limit, 0, refill(limit, available(client, limit))));
                return new Decision(levels, false);
            }
            levels.add(new Level(limit, (long) Math.floor(left.get()), refill(limit, left.get())));
        }
        return new Decision(levels, true);
    }

    /** What is left after one was taken; empty where there was none. */
    private static Optional<Double> take(JdbcClient client, Limit limit) {
        return client.sql(
                        """
                        INSERT INTO rate_limit AS bucket (key, tokens, updated_at)
                        VALUES (:key, :count - 1, clock_timestamp())
                        ON CONFLICT (key) DO UPDATE
                            SET tokens = %1$s - 1, updated_at = clock_timestamp()
                            WHERE %1$s >= 1
                        RETURNING tokens
                        """
                                .formatted(
                                        AVAILABLE.replaceAll("(tokens|updated_at)", "bucket.$1")))
                .param("key", limit.key())
                .param("count", (double) limit.perMinute())
                .query(Double.class)
                .optional();
    }

    private static double available(JdbcClient client, Limit limit) {
        return client.sql("SELECT " + AVAILABLE + " FROM rate_limit WHERE key = :key")
                .param("key", limit.key())
                .param("count", (double) limit.perMinute())
                .query(Double.class)
                .optional()
                .orElse(0.0);
    }

    /** Time until there is one, where there is none. */
    private static Duration refill(Limit limit, double tokens) {
        double missing = Math.max(0, 1 - tokens);
        return Duration.ofMillis((long) Math.ceil(missing * 60_000 / limit.perMinute()));
    }
}
