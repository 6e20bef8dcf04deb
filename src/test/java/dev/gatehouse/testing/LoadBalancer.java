package dev.gatehouse.testing;

import dev.gatehouse.connector.ConnectorName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;

/** What stands between a public address and the connectors: passes bytes on, until it is cut. */
public final class LoadBalancer implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket http;
    private final ServerSocket https;
    private final AtomicReference<ToIntFunction<ConnectorName>> targets =
            new AtomicReference<>(LoadBalancer::nowhere);
    private final AtomicReference<CountDownLatch> gate =
            new AtomicReference<>(new CountDownLatch(0));

    public LoadBalancer(String address) {
        this.http = listen(address, ConnectorName.HTTP);
        this.https = listen(address, ConnectorName.HTTPS);
    }

    private ServerSocket listen(String address, ConnectorName connector) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
            Thread.ofVirtual().start(() -> accept(listener, connector));
            return listener;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int nowhere(ConnectorName connector) {
        return -1;
    }

    public int port(ConnectorName connector) {
        return switch (connector) {
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

    private void accept(ServerSocket listener, ConnectorName connector) {
        while (!listener.isClosed()) {
            try {
                Socket visitor = listener.accept();
                Thread.ofVirtual().start(() -> pass(visitor, targets.get().applyAsInt(connector)));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    /** From now on no byte is passed on, though all connections stay open. */
    public void hold() {
        gate.set(new CountDownLatch(1));
    }

    /** Passes on what was held, and all that follows. */
    public void release() {
        gate.get().countDown();
    }

    private void pass(Socket visitor, int port) {
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

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = read(from, buffer); n >= 0; n = read(from, buffer)) {
                to.getOutputStream().write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            // closed by the one or the other
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int read(Socket from, byte[] buffer) throws IOException, InterruptedException {
        int n = from.getInputStream().read(buffer);
        gate.get().await();
        return n;
    }

    @Override
    public void close() {
        try (http;
                https) {
            cut();
            release();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
