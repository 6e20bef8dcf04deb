package dev.gatehouse.accesslog;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.redirect.RecordedDecision;
import org.jspecify.annotations.Nullable;

/** The subject of a line. */
sealed interface AccessEvent {

    /** Milliseconds since 1970. */
    long at();

    /**
     * A request and its response. All text is as received, except for masked secrets, and cut at
     * the limit of {@link AccessEventReader}.
     *
     * @param peer the address at the other end of the socket
     * @param client the visitor's, where a trusted proxy named it
     * @param method null where no request could be read
     * @param host the name that the client asked for, without port
     * @param nanos from the first byte of the request to the end of the answer
     * @param bytes of the answer's body
     * @param httpVersion {@code 1.1} or {@code 2}
     * @param tls null on the plain connector
     */
    record Exchange(
            long at,
            ConnectorName connector,
            @Nullable String peer,
            @Nullable String client,
            @Nullable String method,
            @Nullable String host,
            @Nullable String path,
            @Nullable String query,
            int status,
            long bytes,
            long nanos,
            @Nullable String httpVersion,
            @Nullable Tls tls,
            @Nullable RecordedDecision decided,
            @Nullable String userAgent,
            RequestId id)
            implements AccessEvent {}

    /** TLS of the connection: {@code 1.3}, and the suite by its IANA name. */
    record Tls(String version, @Nullable String cipher) {}

    /** Requests that could not be read and have no lines of their own. */
    record Unread(long at, long count, int peers) implements AccessEvent {}
}
