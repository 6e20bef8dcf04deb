package dev.gatehouse.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An SSL bundle that the HTTPS connector serves.
 *
 * @param name the bundle's, which stands in metric tags and messages
 * @param serverNames the names whose clients get it; none for the default
 */
record ServedBundle(String name, List<String> serverNames) {

    boolean isDefault() {
        return serverNames.isEmpty();
    }

    /** A name to ask for that is answered with this bundle's certificate. */
    @Nullable String askedName() {
        return isDefault() ? null : serverNames.getFirst().replace("*", "any");
    }
}
