package dev.gatehouse.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** Who connects and takes his time, or says nothing more, until he is cut off. */
enum SlowPeer {
    HEADER_DRIP_OVER_HTTP(ConnectorName.HTTP, ConnectionKind.HEADER_TIMEOUT, true),
    HEADER_DRIP_OVER_HTTPS(ConnectorName.HTTPS, ConnectionKind.HEADER_TIMEOUT, true),
    HELLO_DRIP(ConnectorName.HTTPS, ConnectionKind.HANDSHAKE_FAILED, true),
    HALF_A_HELLO(ConnectorName.HTTPS, ConnectionKind.HANDSHAKE_FAILED, false),
    SILENCE_OVER_HTTP(ConnectorName.HTTP, ConnectionKind.SILENT, false),
    SILENCE_OVER_HTTPS(ConnectorName.HTTPS, ConnectionKind.SILENT, false),
    HANDSHAKE_AND_SILENCE(ConnectorName.HTTPS, ConnectionKind.SILENT, false);

    private static final byte[] HALF_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3, 1, 2, 3};
    private static final byte[] HALF_HEADER =
            "GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: ".getBytes(US_ASCII);

    private final ConnectorName connector;
    private final ConnectionKind countedAs;
    private final boolean drips;

    SlowPeer(ConnectorName connector, ConnectionKind countedAs, boolean drips) {
        this.connector = connector;
        this.countedAs = countedAs;
        this.drips = drips;
    }

    ConnectorName connector() {
        return connector;
    }

    ConnectionKind countedAs() {
        return countedAs;
    }

    boolean isOfHeader() {
        return countedAs == ConnectionKind.HEADER_TIMEOUT;
    }

    /** Connects, and returns after how long it was cut off. */
    Duration untilCutOff(int port, Duration betweenDrips, Duration atMost) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = connect(port);
                ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
            socket.setSoTimeout(Math.toIntExact(atMost.toMillis()));
            socket.getOutputStream().write(firstBytes());
            if (drips) {
                OutputStream out = socket.getOutputStream();
                long period = betweenDrips.toMillis();
                var _ =
                        drip.scheduleAtFixedRate(
                                () -> drip(out), period, period, TimeUnit.MILLISECONDS);
            }
            awaitEnd(socket);
            drip.shutdownNow();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Socket connect(int port) throws IOException {
        Socket socket = RawHttp.connect(port);
        if (this != HEADER_DRIP_OVER_HTTPS && this != HANDSHAKE_AND_SILENCE) {
            return socket;
        }
        SSLSocket tls =
                (SSLSocket) RawHttp.trustingAll().createSocket(socket, "localhost", port, true);
        tls.startHandshake();
        return tls;
    }

    private byte[] firstBytes() {
        return switch (this) {
            case HEADER_DRIP_OVER_HTTP, HEADER_DRIP_OVER_HTTPS -> HALF_HEADER;
            case HELLO_DRIP, HALF_A_HELLO -> HALF_HELLO;
            case SILENCE_OVER_HTTP, SILENCE_OVER_HTTPS, HANDSHAKE_AND_SILENCE -> new byte[0];
        };
    }

    private static void drip(OutputStream out) {
        try {
            out.write('x');
        } catch (IOException ex) {
            throw new IllegalStateException(ex); // cut off, which ends the drip too
        }
    }

    private static void awaitEnd(Socket socket) {
        try {
            if (socket.getInputStream().read() >= 0) {
                throw new AssertionError("Answered");
            }
        } catch (SocketTimeoutException ex) {
            throw new AssertionError("Never cut off", ex);
        } catch (IOException _) {
            return; // reset, as the drip goes on: cut off as well
        }
    }
}
