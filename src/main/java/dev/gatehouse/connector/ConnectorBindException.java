package dev.gatehouse.connector;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A connector could not listen on its address and port. */
class ConnectorBindException extends IOException {

    private static final long serialVersionUID = 1L;

    private final InetSocketAddress address;
    private final String reason;

    ConnectorBindException(InetSocketAddress address, IOException cause) {
        super("Cannot listen on " + address + ": " + cause.getMessage(), cause);
        this.address = address;
        this.reason = String.valueOf(cause.getMessage());
    }

    InetSocketAddress address() {
        return address;
    }

    /** What the operating system said: in use, not permitted, no such address. */
    String reason() {
        return reason;
    }
}
