package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The port of the public HTTPS address: the configured one, or the one the connector is bound to.
 * While the connector restarts it is bound to none, and the last one stands.
 */
class PublicHttpsPort implements IntSupplier {

    private final IntSupplier bound;
    private volatile int last;

    private PublicHttpsPort(IntSupplier bound, int last) {
        this.bound = bound;
        this.last = last;
    }

    static PublicHttpsPort of(@Nullable Integer configured, Connectors connectors) {
        return configured == null
                ? following(() -> connectors.get(ConnectorName.HTTPS).port())
                : new PublicHttpsPort(() -> configured, configured);
    }

    static PublicHttpsPort following(IntSupplier bound) {
        return new PublicHttpsPort(bound, 443);
    }

    @Override
    public int getAsInt() {
        int port = bound.getAsInt();
        if (port > 0 && port != last) {
            last = port;
        }
        return last;
    }
}
