package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Tls;
import dev.gatehouse.connector.Arrival;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.connector.nio.SentStatus;
import dev.gatehouse.gateway.ForwardedClients;
import dev.gatehouse.redirect.RecordedDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.SSLSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Tomcat's request what a line needs, without parsing or waiting. Any value may be
 * missing: Tomcat also logs connections from which it could read no request.
 */
class AccessEventReader {

    private static final int LONGEST_TEXT = 2048;

    private final Connectors connectors;
    private final ForwardedClients forwarded;

    AccessEventReader(Connectors connectors, ForwardedClients forwarded) {
        this.connectors = connectors;
        this.forwarded = forwarded;
    }

    /**
     * @param path the request's, as {@link #text} takes it
     */
    Exchange read(Request request, Response response, @Nullable String path, long nanos)
            throws IOException {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        ConnectorName connector = connector(request);
        String peer = addressOf(request.getPeerAddr());
        String query = text(coyote.queryString());
        return new Exchange(
                System.currentTimeMillis(),
                connector,
                peer,
                client(request, peer),
                emptyAsNull(coyote.getMethod()),
                text(coyote.serverName()),
                path == null ? null : cut(SecretMasker.maskPath(path)),
                query == null ? null : cut(SecretMasker.maskQuery(query)),
                SentStatus.of(request, response),
                response.getCoyoteResponse().getContentWritten(),
                nanos,
                httpVersion(coyote.protocol()),
                connector == ConnectorName.HTTPS ? tls(coyote) : null,
                RecordedDecision.of(request),
                text(coyote.getMimeHeaders().getValue("User-Agent")),
                id(request));
    }

    private static RequestId id(Request request) {
        RequestId id = RequestId.of(request);
        return id == null ? RequestId.random() : id;
    }

    private ConnectorName connector(Request request) {
        return request.getConnector().equals(connectors.get(ConnectorName.HTTP).tomcat())
                ? ConnectorName.HTTP
                : ConnectorName.HTTPS;
    }

    private static @Nullable String addressOf(@Nullable String peer) {
        return peer == null ? null : IpAddressFormat.format(peer);
    }

    /** The client that RemoteIpValve, a gateway, a trusted proxy or the PROXY protocol named. */
    private @Nullable String client(Request request, @Nullable String peer) {
        if (request.getAttribute(AccessLog.REMOTE_ADDR_ATTRIBUTE) instanceof String client) {
            return ForwardedClients.addressOf(client);
        }
        if (peer == null) {
            return null;
        }
        String client = forwarded.of(request, peer);
        return client == null ? Arrival.proxiedClientOf(request) : client;
    }

    /**
     * From the connection: reading an attribute of Tomcat's would compute all of them each time.
     */
    private static @Nullable Tls tls(org.apache.coyote.Request coyote) throws IOException {
        coyote.action(ActionCode.REQ_SSL_ATTRIBUTE, coyote);
        if (!(coyote.getAttribute(SSLSupport.SESSION_MGR) instanceof SSLSupport connection)) {
            return null;
        }
        String protocol = connection.getProtocol();
        return protocol == null ? null : new Tls(version(protocol), connection.getCipherSuite());
    }

    private static String version(String protocol) {
        return switch (protocol) {
            case "TLSv1.3" -> "1.3";
            case "TLSv1.2" -> "1.2";
            default -> protocol;
        };
    }

    private static @Nullable String httpVersion(MessageBytes protocol) {
        if (protocol.equals("HTTP/1.1")) {
            return "1.1";
        }
        if (protocol.equals("HTTP/2.0")) {
            return "2";
        }
        String text = text(protocol);
        return text != null && text.regionMatches(true, 0, "HTTP/", 0, 5)
                ? text.substring(5)
                : text;
    }

    /** The text of a value, cut at the longest that a line holds; null where there is none. */
    static @Nullable String text(@Nullable MessageBytes bytes) {
        if (bytes == null || bytes.isNull()) {
            return null;
        }
        return emptyAsNull(
                bytes.getType() == MessageBytes.T_BYTES
                        ? latin(bytes.getByteChunk())
                        : bytes.toString());
    }

    /** Tomcat's own conversion uses a decoder, at several times the cost. */
    private static String latin(ByteChunk bytes) {
        return new String(
                bytes.getBytes(), bytes.getStart(), bytes.getLength(), StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : cut(text);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
