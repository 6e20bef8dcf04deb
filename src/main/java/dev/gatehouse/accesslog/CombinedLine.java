package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Unread;
import org.jspecify.annotations.Nullable;

/**
 * Apache's combined format. The referrer is always {@code -}: it is another site's address, with
 * whatever secrets that site puts there.
 */
final class CombinedLine implements AccessLine {

    private final Timestamp timestamp = Timestamp.ofCommonLog();

    @Override
    public void append(AccessEvent event, StringBuilder line) {
        switch (event) {
            case Exchange exchange -> appendExchange(exchange, line);
            case Unread unread -> appendUnread(unread, line);
        }
    }

    private void appendExchange(Exchange exchange, StringBuilder line) {
        escape(exchange.client() == null ? exchange.peer() : exchange.client(), line);
        line.append(" - - [");
        timestamp.append(exchange.at(), line);
        line.append("] \"");
        appendRequest(exchange, line);
        line.append("\" ").append(exchange.status()).append(' ');
        if (exchange.bytes() > 0) {
            line.append(exchange.bytes());
        } else {
            line.append('-');
        }
        line.append(" \"-\" \"");
        escape(exchange.userAgent(), line);
        line.append('"');
    }

    private static void appendRequest(Exchange exchange, StringBuilder line) {
        if (exchange.method() == null) {
            line.append('-');
            return;
        }
        escape(exchange.method(), line);
        line.append(' ');
        escape(exchange.path(), line);
        if (exchange.query() != null) {
            line.append('?');
            escape(exchange.query(), line);
        }
        line.append(" HTTP/");
        escape(exchange.httpVersion(), line);
    }

    private void appendUnread(Unread unread, StringBuilder line) {
        line.append("- - - [");
        timestamp.append(unread.at(), line);
        line.append("] \"-\" 400 - \"-\" \"")
                .append(unread.count())
                .append(" more from ")
                .append(unread.peers())
                .append(" peers\"");
    }

    private static void escape(@Nullable String value, StringBuilder line) {
        if (value == null) {
            line.append('-');
        } else {
            Escape.combined(value, line);
        }
    }
}
