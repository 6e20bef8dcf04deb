package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Tls;
import dev.gatehouse.accesslog.AccessEvent.Unread;
import dev.gatehouse.redirect.Decided;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON with the names of the Elastic Common Schema; {@code gatehouse.*} are ours. What is
 * not known is left out. docs/access-log.md lists the fields.
 */
final class JsonLine implements AccessLine {

    private final Timestamp timestamp = new Timestamp();

    @Override
    public void append(AccessEvent event, StringBuilder line) {
        line.append("{\"@timestamp\":\"");
        timestamp.append(event.at(), line);
        line.append("\",\"event.dataset\":\"gatehouse.access\"");
        switch (event) {
            case Exchange exchange -> appendExchange(exchange, line);
            case Unread unread -> {
                number(",\"gatehouse.unread.requests\":", unread.count(), line);
                number(",\"gatehouse.unread.peers\":", unread.peers(), line);
            }
        }
        line.append('}');
    }

    private static void appendExchange(Exchange exchange, StringBuilder line) {
        text(",\"gatehouse.connector\":\"", exchange.connector().tag(), line);
        text(",\"source.ip\":\"", exchange.peer(), line);
        text(",\"client.ip\":\"", exchange.client(), line);
        text(",\"http.request.method\":\"", exchange.method(), line);
        text(",\"url.path\":\"", exchange.path(), line);
        text(",\"url.query\":\"", exchange.query(), line);
        number(",\"http.response.status_code\":", exchange.status(), line);
        number(",\"http.response.body.bytes\":", exchange.bytes(), line);
        number(",\"event.duration\":", exchange.nanos(), line);
        text(",\"http.version\":\"", exchange.httpVersion(), line);
        appendTls(exchange.tls(), line);
        appendDecided(exchange.decided(), line);
        text(",\"user_agent.original\":\"", exchange.userAgent(), line);
        exchange.id().append(",\"http.request.id\":\"", ",\"trace.id\":\"", line);
    }

    private static void appendTls(@Nullable Tls tls, StringBuilder line) {
        if (tls != null) {
            text(",\"tls.version\":\"", tls.version(), line);
            text(",\"tls.cipher\":\"", tls.cipher(), line);
        }
    }

    private static void appendDecided(@Nullable Decided decided, StringBuilder line) {
        if (decided != null) {
            text(",\"gatehouse.decision\":\"", decided.outcome(), line);
            text(",\"gatehouse.reason\":\"", decided.reason(), line);
        }
    }

    private static void number(String start, long value, StringBuilder line) {
        line.append(start).append(value);
    }

    private static void text(String start, @Nullable String value, StringBuilder line) {
        if (value != null) {
            line.append(start);
            Escape.json(value, line);
            line.append('"');
        }
    }
}
