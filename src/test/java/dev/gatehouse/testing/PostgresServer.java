package dev.gatehouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL from a Maven artifact, on a free port of loopback. It does not run as root: as
 * root it is started in a user namespace of its own, which {@code unshare} makes.
 */
public final class PostgresServer implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path data;
    private final boolean durable;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, boolean durable) {
        this.data = data;
        this.durable = durable;
        this.server = run(FreePort.next());
    }

    /** The server that all test classes share; it ends with the process. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {

        private static final PostgresServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** One of its own, for a test that stops it. */
    public static PostgresServer start() {
        return start(false);
    }

    /** One that writes to the disk before it confirms a transaction, as in production. */
    public static PostgresServer startDurable() {
        return start(true);
    }

    private static PostgresServer start(boolean durable) {
        try {
            return new PostgresServer(Files.createTempDirectory("gatehouse-pg"), durable);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private EmbeddedPostgres run(int port) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setServerConfig("unix_socket_directories", "")
                        .setServerConfig("fsync", durable ? "on" : "off")
                        .setServerConfig("synchronous_commit", durable ? "on" : "off");
        builder.setPort(port);
        try {
            return builder.start();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Creates an empty database, and returns its JDBC URL. */
    public String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        execute(url("postgres"), "CREATE DATABASE " + name);
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), database);
    }

    /** The properties of a Gatehouse that uses that database. */
    public static String[] properties(String url, String... more) {
        List<String> properties =
                new ArrayList<>(
                        List.of(
                                "spring.datasource.url=" + url,
                                "spring.datasource.username=postgres",
                                "spring.datasource.password=postgres"));
        properties.addAll(List.of(more));
        return properties.toArray(String[]::new);
    }

    /** Opens a connection of its superuser. */
    public static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** Executes a statement as its superuser. */
    public static void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Stops it; what was confirmed stays. */
    public void stop() {
        try {
            server.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Starts it again, on the same port with the same data. */
    public void startAgain() {
        server = run(server.getPort());
    }

    @Override
    public void close() {
        stop();
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
