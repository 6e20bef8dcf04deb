package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plain facts of a request that a decision is made from. None of them is what a header claims
 * about the peer or the protocol.
 *
 * @param connector the connector that accepted the connection
 * @param peer the socket's peer, as an address literal
 * @param method in upper case, as it came
 * @param host the Host header as it came, or null without one
 * @param path the path as it came, neither decoded nor normalised
 * @param query what came after the question mark, or null without one
 * @param headers the headers, by any case of their names
 */
record RedirectRequest(
        ConnectorName connector,
        String peer,
        String method,
        @Nullable String host,
        String path,
        @Nullable String query,
        Headers headers) {

    private static final String KUBE_PROBE = "kube-probe/";
    private static final Set<String> FORWARDING_HEADERS = Set.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";

    /** The headers of a request. */
    interface Headers {

        /** The first line of that header, or null without one. */
        @Nullable String first(String name);

        /** Every line of that header, in order; empty without one. */
        List<String> values(String name);

        /** The names of all headers that came. */
        Collection<String> names();
    }

    /** Whether the User-Agent is that of kubelet's probes. */
    boolean isKubeProbe() {
        String userAgent = headers.first("User-Agent");
        return userAgent != null && userAgent.startsWith(KUBE_PROBE);
    }

    /** Whether a header says that a proxy forwards the request. */
    boolean isForwarded() {
        return headers.names().stream().anyMatch(RedirectRequest::isForwardingHeader);
    }

    private static boolean isForwardingHeader(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return FORWARDING_HEADERS.contains(name) || name.startsWith(FORWARDING_PREFIX);
    }
}
