package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/** Opens a TCP connection to an address that was resolved before. */
@FunctionalInterface
interface Dialer {

    Socket dial(InetAddress address, int port, Deadline deadline) throws IOException;

    /**
     * Straight there, no proxy, and only where the guard lets it: the last check is at the door.
     */
    static Dialer guarded(AddressGuard guard) {
        return (address, port, deadline) -> {
            if (!guard.allows(address)) {
                throw new ConnectException("refused");
            }
            return connect(new InetSocketAddress(address, port), deadline);
        };
    }

    static Socket connect(InetSocketAddress address, Deadline deadline) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.connect(address, deadline.remainingMillis());
            return socket;
        } catch (IOException ex) {
            socket.close();
            throw ex;
        }
    }
}
