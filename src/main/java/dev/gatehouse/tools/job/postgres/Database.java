package dev.gatehouse.tools.job.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.tools.job.JobStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database, which may be slow, full, read-only or gone at any time. A request waits for it at
 * most 3 s, and not at all while it is known to be gone; the work of jobs waits until it is back.
 */
final class Database implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Database.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Classes of SQLSTATE that say something of the server's state, not of the statement. */
    private static final Set<String> CLASSES_OF_STATE =
            Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58", "XX");

    /** States after which the next statement would fail alike; 57014 is one that took too long. */
    private static final List<String> ABSENCE = List.of("08", "28", "3D", "57P");

    private static final String READ_ONLY = "25006";

    private final ConnectionPools pools;
    private final Clock clock;
    private final Access requests;
    private final Access work;
    private volatile boolean migrated;
    private volatile boolean available;
    private volatile boolean writable;
    private volatile Throwable problem = new IllegalStateException("not connected yet");
    private volatile Duration ahead = Duration.ZERO;
    private boolean reported;

    Database(ConnectionPools pools, Clock clock) {
        this.pools = pools;
        this.clock = clock;
        this.requests = new Access(pools.requests());
        this.work = new Access(pools.work());
    }

    private static final class Access {

        private final HikariDataSource pool;
        private final JdbcClient client;
        private final TransactionTemplate transactions;

        private Access(HikariDataSource pool) {
            this.pool = pool;
            this.client = JdbcClient.create(pool);
            this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        }

        /** Whether waiting for a connection failed only because all of them are in use. */
        private boolean isExhausted() {
            HikariPoolMXBean state = pool.getHikariPoolMXBean();
            return state != null && state.getTotalConnections() > 0;
        }

        /** Those of a server that restarts are of no use any more. */
        private void renewConnections() {
            HikariPoolMXBean state = pool.getHikariPoolMXBean();
            if (state != null) {
                state.softEvictConnections();
            }
        }

        private <T extends @Nullable Object> T execute(Function<JdbcClient, T> statements) {
            return statements.apply(client);
        }

        private <T extends @Nullable Object> T inTransaction(Function<JdbcClient, T> statements) {
            return transactions.<T>execute(_ -> statements.apply(client));
        }
    }

    /** Statements of a request, each a transaction of its own. */
    <T extends @Nullable Object> T request(Function<JdbcClient, T> statements) {
        requireAvailable();
        return answer(requests, () -> requests.execute(statements));
    }

    /** Statements of a request in one transaction. */
    <T extends @Nullable Object> T requestInTransaction(Function<JdbcClient, T> statements) {
        requireAvailable();
        return answer(requests, () -> requests.inTransaction(statements));
    }

    /** Statements of the work of a job or of a periodic task, in one transaction. */
    <T extends @Nullable Object> T workInTransaction(Function<JdbcClient, T> statements) {
        return answer(work, () -> work.inTransaction(statements));
    }

    /** As above, again and again until the database has carried them out. */
    <T extends @Nullable Object> T untilDone(Function<JdbcClient, T> statements)
            throws InterruptedException {
        while (true) {
            try {
                return workInTransaction(statements);
            } catch (JobStoreException _) {
                Thread.sleep(PAUSE);
            }
        }
    }

    private void requireAvailable() {
        if (!available) {
            throw new JobStoreException(text(problem), problem);
        }
    }

    /** Throws where it takes no writes, as far as is known. */
    void requireWritable() {
        if (!writable) {
            throw new JobStoreException(text(problem), problem);
        }
    }

    private interface Call<T extends @Nullable Object> {

        T run();
    }

    private <T extends @Nullable Object> T answer(Access access, Call<T> call) {
        try {
            return call.run();
        } catch (DataAccessException | TransactionException ex) {
            throw translate(access, ex);
        }
    }

    private RuntimeException translate(Access access, NestedRuntimeException ex) {
        Optional<SQLException> cause = sqlException(ex);
        String state = cause.map(SQLException::getSQLState).orElse(null);
        String type = state == null ? "" : state.substring(0, 2);
        if (cause.isEmpty() || (state != null && !CLASSES_OF_STATE.contains(type))) {
            return ex; // a mistake in the statement or about its result
        }
        boolean absent =
                state == null
                        ? !access.isExhausted()
                        : ABSENCE.stream().anyMatch(state::startsWith);
        if (absent && available) {
            lost(cause.get());
        }
        return new JobStoreException(text(cause.get()), ex);
    }

    private static Optional<SQLException> sqlException(Throwable ex) {
        return Optional.ofNullable(ExceptionCauses.find(ex, SQLException.class));
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /**
     * Creates the schema if that has not been done, and looks whether the database serves.
     *
     * @param write whether it takes writes too
     */
    void check(Consumer<JdbcClient> write) {
        try {
            if (!migrated) {
                migrate();
            }
            Instant before = clock.instant();
            Instant time =
                    work.execute(client -> client.sql("SELECT clock_timestamp()"))
                            .query(OffsetDateTime.class)
                            .single()
                            .toInstant();
            Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            ahead = Duration.between(middle, time);
            available = true;
        } catch (RuntimeException ex) {
            lost(NestedExceptionUtils.getMostSpecificCause(ex));
            return;
        }
        try {
            workInTransaction(
                    client -> {
                        write.accept(client);
                        return true;
                    });
            found();
        } catch (RuntimeException ex) {
            if (available) {
                unwritable(NestedExceptionUtils.getMostSpecificCause(ex));
            }
        }
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(pools.work())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        migrated = true;
    }

    private synchronized void found() {
        writable = true;
        if (reported) {
            logger.info("The database is there again: jobs go on");
            reported = false;
        }
    }

    private synchronized void lost(Throwable cause) {
        available = false;
        writable = false;
        problem = cause;
        renewConnections();
        if (!reported) {
            logger.warn("The database is unavailable, so the tools answer 503: {}", text(cause));
            reported = true;
        }
    }

    private void renewConnections() {
        requests.renewConnections();
        work.renewConnections();
    }

    /**
     * It answers reads, but is full or a replica. A new connection to the same name may lead to the
     * primary.
     */
    private synchronized void unwritable(Throwable cause) {
        writable = false;
        problem = cause;
        if (cause instanceof SQLException ex && READ_ONLY.equals(ex.getSQLState())) {
            renewConnections();
        }
        if (!reported) {
            logger.warn("The database takes no writes, no job is accepted: {}", text(cause));
            reported = true;
        }
    }

    /** Whether it answers. */
    boolean isAvailable() {
        return available;
    }

    /** Whether it takes writes. */
    boolean isWritable() {
        return writable;
    }

    /** The database's time: the clocks of the instances may differ. */
    Instant now() {
        return clock.instant().plus(ahead);
    }

    /** Opens a connection that waits for notifications. */
    Connection openListener() throws SQLException {
        return pools.openListener();
    }

    /** The pool of work, for db-scheduler. */
    DataSource workPool() {
        return pools.work();
    }

    @Override
    public void close() {
        pools.close();
    }
}
