package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Tls;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.redirect.Decided;
import java.util.Locale;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.SSLSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes from Tomcat's request what a line needs, and nothing that would have to be parsed or waited
 * for. Anything may be missing: Tomcat logs connections too of which it could read no request.
 */
class AccessEventReader {

    private static final int LONGEST_TEXT = 2048;

    private final Connectors connectors;

    AccessEventReader(Connectors connectors) {
        this.connectors = connectors;
    }

    Exchange read(Request request, Response response, long nanos) {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        ConnectorName connector = connector(request);
        String path = text(coyote.requestURI());
        String query = text(coyote.queryString());
        return new Exchange(
                System.currentTimeMillis(),
                connector,
                request.getPeerAddr(),
                client(request),
                emptyAsNull(coyote.getMethod()),
                path == null ? null : cut(Secrets.hideInPath(path)),
                query == null ? null : cut(Secrets.hideInQuery(query)),
                response.getStatus(),
                response.getCoyoteResponse().getContentWritten(),
                nanos,
                httpVersion(coyote.protocol()),
                connector == ConnectorName.HTTPS ? tls(request) : null,
                Decided.of(request),
                cutOrNull(coyote.getHeader("User-Agent")),
                RequestId.of(coyote.getHeader("traceparent")));
    }

    private ConnectorName connector(Request request) {
        return request.getConnector().equals(connectors.get(ConnectorName.HTTP))
                ? ConnectorName.HTTP
                : ConnectorName.HTTPS;
    }

    /** Left behind by Tomcat's RemoteIpValve, which is there where a proxy is trusted. */
    private static @Nullable String client(Request request) {
        return request.getAttribute(AccessLog.REMOTE_ADDR_ATTRIBUTE) instanceof String client
                ? cut(client)
                : null;
    }

    private static @Nullable Tls tls(Request request) {
        return request.getAttribute(SSLSupport.SECURE_PROTOCOL_KEY) instanceof String protocol
                ? new Tls(
                        protocol.startsWith("TLSv") ? protocol.substring(4) : protocol,
                        request.getAttribute(SSLSupport.CIPHER_SUITE_KEY) instanceof String suite
                                ? suite
                                : null)
                : null;
    }

    private static @Nullable String httpVersion(MessageBytes protocol) {
        String text = text(protocol);
        if (text == null) {
            return null;
        }
        String version =
                text.toUpperCase(Locale.ROOT).startsWith("HTTP/") ? text.substring(5) : text;
        return cut(version.equals("2.0") ? "2" : version);
    }

    private static @Nullable String text(MessageBytes bytes) {
        return bytes.isNull() ? null : emptyAsNull(bytes.toString());
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : cut(text);
    }

    private static @Nullable String cutOrNull(@Nullable String text) {
        return text == null ? null : cut(text);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
