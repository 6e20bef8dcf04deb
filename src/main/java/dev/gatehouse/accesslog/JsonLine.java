package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Tls;
import dev.gatehouse.accesslog.AccessEvent.Unread;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.redirect.RecordedDecision;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON with the names of the Elastic Common Schema; {@code gatehouse.*} are ours. What is
 * not known is left out. docs/access-log.md lists the fields.
 */
final class JsonLine implements AccessLine {

    private static final byte[] START = ascii("{\"@timestamp\":\"");
    private static final String DATASET = "\",\"event.dataset\":\"gatehouse.access\"";
    private static final byte[] UNREAD_DATASET = ascii(DATASET);
    private static final byte[] HTTP = dataset(ConnectorName.HTTP);
    private static final byte[] HTTPS = dataset(ConnectorName.HTTPS);
    private static final Field PEER = Field.text("source.ip");
    private static final Field CLIENT = Field.text("client.ip");
    private static final Field METHOD = Field.text("http.request.method");
    private static final Field HOST = Field.text("url.domain");
    private static final Field PATH = Field.text("url.path");
    private static final Field QUERY = Field.text("url.query");
    private static final Field STATUS = Field.number("http.response.status_code");
    private static final Field BYTES = Field.number("http.response.body.bytes");
    private static final Field DURATION = Field.number("event.duration");
    private static final Field HTTP_VERSION = Field.text("http.version");
    private static final Field TLS_VERSION = Field.text("tls.version");
    private static final Field CIPHER = Field.text("tls.cipher");
    private static final Field DECISION = Field.text("gatehouse.decision");
    private static final Field REASON = Field.text("gatehouse.reason");
    private static final Field USER_AGENT = Field.text("user_agent.original");
    private static final Field REQUEST_ID = Field.text("http.request.id");
    private static final Field TRACE_ID = Field.text("trace.id");
    private static final Field UNREAD = Field.number("gatehouse.unread.requests");
    private static final Field UNREAD_PEERS = Field.number("gatehouse.unread.peers");

    private final TimestampFormat timestamp = new TimestampFormat();

    @Override
    public void append(AccessEvent event, LineBuffer line) {
        line.raw(START);
        timestamp.append(event.at(), line);
        switch (event) {
            case Exchange exchange -> appendExchange(exchange, line);
            case Unread unread -> {
                line.raw(UNREAD_DATASET);
                UNREAD.append(unread.count(), line);
                UNREAD_PEERS.append(unread.peers(), line);
            }
        }
        line.raw('}');
    }

    private void appendExchange(Exchange exchange, LineBuffer line) {
        line.raw(exchange.connector() == ConnectorName.HTTP ? HTTP : HTTPS);
        PEER.append(exchange.peer(), line);
        CLIENT.append(exchange.client(), line);
        METHOD.append(exchange.method(), line);
        HOST.append(exchange.host(), line);
        PATH.append(exchange.path(), line);
        QUERY.append(exchange.query(), line);
        STATUS.append(exchange.status(), line);
        BYTES.append(exchange.bytes(), line);
        DURATION.append(exchange.nanos(), line);
        HTTP_VERSION.append(exchange.httpVersion(), line);
        appendTls(exchange.tls(), line);
        appendDecided(exchange.decided(), line);
        USER_AGENT.append(exchange.userAgent(), line);
        appendId(exchange.id(), line);
    }

    private static void appendTls(@Nullable Tls tls, LineBuffer line) {
        if (tls != null) {
            TLS_VERSION.append(tls.version(), line);
            CIPHER.append(tls.cipher(), line);
        }
    }

    private static void appendDecided(@Nullable RecordedDecision decided, LineBuffer line) {
        if (decided != null) {
            DECISION.append(decided.outcome(), line);
            REASON.append(decided.reason(), line);
        }
    }

    private static void appendId(RequestId id, LineBuffer line) {
        REQUEST_ID.append(id.high(), id.low(), line);
        if (id.isTrace()) {
            TRACE_ID.append(id.high(), id.low(), line);
        }
    }

    private static byte[] dataset(ConnectorName connector) {
        return ascii(DATASET + ",\"gatehouse.connector\":\"" + connector.tag() + "\"");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
