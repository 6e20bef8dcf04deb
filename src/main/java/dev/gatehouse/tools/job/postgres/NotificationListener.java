package dev.gatehouse.tools.job.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Receives the notifications of all instances, on the one connection that it keeps for that. */
final class NotificationListener implements AutoCloseable {

    private static final int WAIT_MILLIS = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Database database;
    private final Consumer<Notifications.Notification> receiver;
    private @Nullable Connection connection;

    NotificationListener(Database database, Consumer<Notifications.Notification> receiver) {
        this.database = database;
        this.receiver = receiver;
    }

    /** Waits a moment for notifications, after connecting where that is needed. */
    synchronized void listen() {
        if (!database.isAvailable()) {
            close();
            return;
        }
        try {
            PGNotification[] received =
                    connected().unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
            for (PGNotification notification : received) {
                receiver.accept(Notifications.parse(notification.getParameter()));
            }
        } catch (SQLException _) {
            close(); // the database is checked elsewhere, and polling goes on
        }
    }

    private Connection connected() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = database.openListener();
            connection = current;
            try (Statement statement = current.createStatement()) {
                statement.execute("LISTEN " + Notifications.CHANNEL);
            }
        }
        return current;
    }

    /** The pause between two calls: none while connected. */
    synchronized Duration pause() {
        return connection == null ? RETRY : Duration.ZERO;
    }

    @Override
    public synchronized void close() {
        try (Connection _ = connection) {
            connection = null;
        } catch (SQLException _) {
            // it was of no use any more
        }
    }
}
