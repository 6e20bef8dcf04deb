package dev.gatehouse.connector.nio;

import java.util.Locale;

/** The outcome of a connection, as it is counted. */
public enum ConnectionKind {
    /** Accepted, whatever came of it. */
    ACCEPTED("Connections accepted"),
    /** Ended before a byte of a request came: connect scans, preconnections never used. */
    SILENT("Connections that ended without a byte of a request"),
    /** Sent something that led to no TLS: half a hello, no common protocol, an alert. */
    HANDSHAKE_FAILED("Connections whose TLS handshake failed or never ended"),
    /** Spoke plain HTTP to the TLS connector. */
    PLAIN_ON_TLS("Connections that spoke plain HTTP to the TLS connector"),
    /** Was cut off before its first request's header was whole. */
    HEADER_TIMEOUT("Connections cut off before their first request's header was whole"),
    /** Came from a load balancer that is trusted to begin with a PROXY header, and did not. */
    PROXY_HEADER_INVALID("Connections of a trusted peer without a valid PROXY protocol header"),
    /** Began with a PROXY header, which its peer is not trusted to send. */
    PROXY_HEADER_UNTRUSTED("Connections with a PROXY protocol header from a peer not trusted"),
    /** Had stalled, held memory, and was cut off to make room for others. */
    SHED("Connections that had stalled and were cut off to make room for others");

    private final String description;

    ConnectionKind(String description) {
        this.description = description;
    }

    /** As it ends the meter's name: {@code handshake.failed}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Whether such a connection sent no request. */
    public boolean isScan() {
        return switch (this) {
            case ACCEPTED, SHED, PROXY_HEADER_INVALID, PROXY_HEADER_UNTRUSTED -> false;
            case SILENT, HANDSHAKE_FAILED, PLAIN_ON_TLS, HEADER_TIMEOUT -> true;
        };
    }

    public String description() {
        return description;
    }
}
