package dev.gatehouse.tls;

import java.util.List;

/**
 * An SSL bundle that the HTTPS connector serves.
 *
 * @param name the bundle's, which stands in metric tags and messages
 * @param serverNames the names whose clients get it; none for the default
 */
record ServedBundle(String name, List<String> serverNames) {

    /** Whether it is for clients that request no server name, or an unknown one. */
    boolean isForAnyName() {
        return serverNames.isEmpty();
    }
}
