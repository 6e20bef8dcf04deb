package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import java.util.function.IntSupplier;

/**
 * The port that the HTTPS connector is bound to. While the connector restarts it is bound to none,
 * and the last one stands.
 */
class PublicHttpsPort implements IntSupplier {

    private final IntSupplier bound;
    private volatile int last;

    private PublicHttpsPort(IntSupplier bound, int last) {
        this.bound = bound;
        this.last = last;
    }

    static PublicHttpsPort of(Connectors connectors) {
        return following(() -> connectors.get(ConnectorName.HTTPS).port());
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
