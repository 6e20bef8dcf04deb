package dev.gatehouse.tools.job.postgres;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What instances tell each other by NOTIFY when a transaction is committed. Only a hint: each may
 * be lost, and polling finds the same a little later.
 */
final class Notifications {

    static final String CHANNEL = "gatehouse_jobs";

    private Notifications() {}

    /** What is told. */
    sealed interface Notification {}

    /** A job waits to be run. */
    record Queued() implements Notification {}

    /** A job has an event of that number. */
    record Event(String id, long number) implements Notification {}

    /** A job was cancelled: its work has to stop. */
    record Cancelled(String id) implements Notification {}

    /** Of another version, or of another program. */
    record Unknown() implements Notification {}

    static void event(JdbcClient client, String id, long number) {
        send(client, "event %s %d".formatted(id, number));
    }

    static void cancelled(JdbcClient client, String id) {
        send(client, "cancelled " + id);
    }

    private static void send(JdbcClient client, String payload) {
        client.sql("SELECT pg_notify(:channel, :payload)")
                .param("channel", CHANNEL)
                .param("payload", payload)
                .query()
                .singleRow();
    }

    static Notification parse(String payload) {
        String[] words = payload.split(" ", -1);
        return switch (words[0]) {
            case "queued" -> new Queued();
            case "event" ->
                    words.length == 3 && words[2].matches("[0-9]{1,18}")
                            ? new Event(words[1], Long.parseLong(words[2]))
                            : new Unknown();
            case "cancelled" -> words.length == 2 ? new Cancelled(words[1]) : new Unknown();
            default -> new Unknown();
        };
    }
}
