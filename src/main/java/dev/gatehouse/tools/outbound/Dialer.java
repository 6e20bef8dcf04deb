package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/** Opens a TCP connection to an address that was resolved before. */
@FunctionalInterface
interface Dialer {

    /** Connects directly, without a proxy. */
    Socket dial(InetAddress address, int port, int timeoutMillis) throws IOException;

    /** Connects only where the guard allows it: the last check is right before the connection. */
    static Dialer guarded(AddressGuard guard) {
        return (address, port, timeoutMillis) -> {
            if (!guard.allows(address)) {
                throw new ConnectException("refused");
            }
            return connect(new InetSocketAddress(address, port), timeoutMillis);
        };
    }

    /** The socket of a channel: an interrupt of the thread closes it. */
    static Socket connect(InetSocketAddress address, int timeoutMillis) throws IOException {
        Socket socket = SocketChannel.open().socket();
        try {
            socket.connect(address, timeoutMillis);
            return socket;
        } catch (IOException ex) {
            socket.close();
            throw ex;
        }
    }
}
