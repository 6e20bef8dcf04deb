package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Opens a TCP connection to an address that was resolved before. */
@FunctionalInterface
interface Dialer {

    Socket dial(InetAddress address, int port, ResourceBudget budget) throws IOException;

    /** Connects only where the guard allows it: the last check is right before the connection. */
    static Dialer guarded(AddressGuard guard) {
        return (address, port, budget) -> {
            if (!guard.allows(address)) {
                throw new ConnectException("refused");
            }
            return MeteredSocket.connect(new InetSocketAddress(address, port), budget);
        };
    }
}
