package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Unread;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Apache's combined format. The referrer is always {@code -}: it is another site's address, with
 * whatever secrets that site puts there.
 */
final class CombinedLine implements AccessLine {

    private static final byte[] CONTROL = ascii("\\x");
    private static final byte[] NO_USER = ascii(" - - [");
    private static final byte[] REQUEST = ascii("] \"");
    private static final byte[] REQUEST_END = ascii("\" ");
    private static final byte[] VERSION = ascii(" HTTP/");
    private static final byte[] NO_REFERRER = ascii(" \"-\" \"");
    private static final byte[] NOTHING_READ = ascii("] \"-\" 400 - \"-\" \"");
    private static final byte[] MORE_FROM = ascii(" more from ");
    private static final byte[] PEERS = ascii(" peers\"");

    private final TimestampFormat timestamp = TimestampFormat.ofCommonLog();

    @Override
    public void append(AccessEvent event, LineBuffer line) {
        switch (event) {
            case Exchange exchange -> appendExchange(exchange, line);
            case Unread unread -> appendUnread(unread, line);
        }
    }

    private void appendExchange(Exchange exchange, LineBuffer line) {
        text(exchange.client() == null ? exchange.peer() : exchange.client(), line);
        line.raw(NO_USER);
        timestamp.append(exchange.at(), line);
        line.raw(REQUEST);
        appendRequest(exchange, line);
        line.raw(REQUEST_END);
        line.number(exchange.status());
        line.raw(' ');
        if (exchange.bytes() > 0) {
            line.number(exchange.bytes());
        } else {
            line.raw('-');
        }
        line.raw(NO_REFERRER);
        text(exchange.userAgent(), line);
        line.raw('"');
    }

    private static void appendRequest(Exchange exchange, LineBuffer line) {
        if (exchange.method() == null) {
            line.raw('-');
            return;
        }
        text(exchange.method(), line);
        line.raw(' ');
        text(exchange.path(), line);
        if (exchange.query() != null) {
            line.raw('?');
            text(exchange.query(), line);
        }
        line.raw(VERSION);
        text(exchange.httpVersion(), line);
    }

    private void appendUnread(Unread unread, LineBuffer line) {
        line.raw('-');
        line.raw(NO_USER);
        timestamp.append(unread.at(), line);
        line.raw(NOTHING_READ);
        line.number(unread.count());
        line.raw(MORE_FROM);
        line.number(unread.peers());
        line.raw(PEERS);
    }

    private static void text(@Nullable String value, LineBuffer line) {
        if (value == null) {
            line.raw('-');
        } else {
            line.text(value, CONTROL);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
