package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import java.util.Collection;
import java.util.List;
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

    /** The headers of a request. */
    interface Headers {

        /** The first line of that header, or null without one. */
        @Nullable String first(String name);

        /** Every line of that header, in order; empty without one. */
        List<String> values(String name);

        /** The names of all headers that came. */
        Collection<String> names();
    }
}
