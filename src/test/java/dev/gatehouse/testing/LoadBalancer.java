package dev.gatehouse.testing;

import dev.gatehouse.connector.ConnectorName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;

/** What stands between a public address and the connectors: passes bytes on, until it is cut. */
public final class LoadBalancer implements AutoCloseable {

    private final ServerSocket http;
    private final ServerSocket https;
    private final AtomicReference<ToIntFunction<ConnectorName>> targets =
            new AtomicReference<>(LoadBalancer::nowhere);

    public LoadBalancer(String address) {
        this.http = listen(address, ConnectorName.HTTP);
        this.https = listen(address, ConnectorName.HTTPS);
    }

    private ServerSocket listen(String address, ConnectorName door) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
            Thread.ofVirtual().start(() -> accept(listener, door));
            return listener;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int nowhere(ConnectorName door) {
        return -1;
    }

    public int port(ConnectorName door) {
        return switch (door) {
            case HTTP -> http.getLocalPort();
            case HTTPS -> https.getLocalPort();
        };
    }

    /** From now on to those ports of this machine. */
    public void leadTo(ToIntFunction<ConnectorName> ports) {
        targets.set(ports);
    }

    /** From now on no connection gets through, though the servers behind it live. */
    public void cut() {
        targets.set(LoadBalancer::nowhere);
    }

    private void accept(ServerSocket listener, ConnectorName door) {
        while (!listener.isClosed()) {
            try {
                Socket visitor = listener.accept();
                Thread.ofVirtual().start(() -> pass(visitor, targets.get().applyAsInt(door)));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private static void pass(Socket visitor, int port) {
        try (visitor) {
            if (port < 0) {
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread back = Thread.ofVirtual().start(() -> copy(server, visitor));
                copy(visitor, server);
                back.join();
            }
        } catch (IOException _) {
            // one of them has gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            // closed by the one or the other
        }
    }

    @Override
    public void close() {
        try (http;
                https) {
            cut();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
