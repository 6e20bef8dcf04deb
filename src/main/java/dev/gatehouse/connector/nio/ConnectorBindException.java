package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A connector could not listen on its address and port. */
public class ConnectorBindException extends IOException {

    private static final long serialVersionUID = 1L;

    private final InetSocketAddress address;
    private final String reason;

    public ConnectorBindException(InetSocketAddress address, IOException cause) {
        super("Cannot listen on " + address + ": " + cause.getMessage(), cause);
        this.address = address;
        this.reason = String.valueOf(cause.getMessage());
    }

    public InetSocketAddress address() {
        return address;
    }

    /** The error of the operating system: in use, permission denied, address not available. */
    public String reason() {
        return reason;
    }
}
