package dev.gatehouse.tools.job.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Two pools of connections with time-outs: requests must be answered within 3 s whatever the
 * database does, while work may wait longer and must not take their connections. The server cancels
 * a statement that takes too long, such as one that waits for a lock; a server that says nothing
 * any more is given up a little later.
 */
final class ConnectionPools implements AutoCloseable {

    private static final int REQUEST_CONNECTIONS = 8;
    private static final Duration REQUEST_WAIT = Duration.ofMillis(800);
    private static final Duration REQUEST_STATEMENT = Duration.ofSeconds(1);
    private static final Duration REQUEST_SILENCE = Duration.ofSeconds(2);

    private static final Duration WORK_WAIT = Duration.ofSeconds(5);
    private static final Duration WORK_STATEMENT = Duration.ofSeconds(15);
    private static final Duration WORK_SILENCE = Duration.ofSeconds(20);

    /** A transaction of an instance that has vanished must not hold its locks for hours. */
    private static final Duration IDLE_TRANSACTION = Duration.ofSeconds(30);

    private static final int MIN_IDLE = 1;

    private final DatabaseProperties properties;
    private final HikariDataSource requests;
    private final HikariDataSource work;

    /**
     * Opens none yet.
     *
     * @param custom applies {@code spring.datasource.hikari.*} to the pool of the requests
     */
    ConnectionPools(
            DatabaseProperties properties, int workConnections, Consumer<HikariConfig> custom) {
        this.properties = properties;
        HikariConfig config = config(properties, "requests", REQUEST_STATEMENT, REQUEST_SILENCE);
        config.setMaximumPoolSize(REQUEST_CONNECTIONS);
        config.setConnectionTimeout(REQUEST_WAIT.toMillis());
        custom.accept(config);
        this.requests = unopened(config);

        HikariConfig workConfig = config(properties, "work", WORK_STATEMENT, WORK_SILENCE);
        workConfig.setMaximumPoolSize(workConnections);
        workConfig.setConnectionTimeout(WORK_WAIT.toMillis());
        this.work = unopened(workConfig);
    }

    /** Given its configuration at once, a pool would open connections at once. */
    private static HikariDataSource unopened(HikariConfig config) {
        HikariDataSource pool = new HikariDataSource();
        config.validate();
        config.copyStateTo(pool);
        return pool;
    }

    private static HikariConfig config(
            DatabaseProperties properties, String name, Duration statement, Duration silence) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("jobs-" + name);
        config.setJdbcUrl(properties.requireUrl());
        config.setUsername(properties.username());
        config.setPassword(properties.password());
        config.setMinimumIdle(MIN_IDLE);
        config.setInitializationFailTimeout(-1); // the start does not wait for the database
        config.setValidationTimeout(500);
        config.setConnectionInitSql(
                "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d"
                        .formatted(statement.toMillis(), IDLE_TRANSACTION.toMillis()));
        config.addDataSourceProperty("ApplicationName", "gatehouse");
        config.addDataSourceProperty("connectTimeout", Long.toString(2));
        config.addDataSourceProperty("loginTimeout", Long.toString(2));
        config.addDataSourceProperty("socketTimeout", Long.toString(silence.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    /** Opens a connection that waits for notifications as long as it lives. */
    Connection openListener() throws SQLException {
        Properties info = new Properties();
        if (properties.username() != null) {
            info.setProperty("user", properties.username());
        }
        if (properties.password() != null) {
            info.setProperty("password", properties.password());
        }
        info.setProperty("ApplicationName", "gatehouse-listener");
        info.setProperty("connectTimeout", "2");
        info.setProperty("loginTimeout", "2");
        info.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(properties.requireUrl(), info);
    }

    HikariDataSource requests() {
        return requests;
    }

    HikariDataSource work() {
        return work;
    }

    @Override
    public void close() {
        requests.close();
        work.close();
    }
}
