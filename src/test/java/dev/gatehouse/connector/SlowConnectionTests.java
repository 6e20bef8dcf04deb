package dev.gatehouse.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that take their time, at a twentieth of production's time-outs. */
class SlowConnectionTests {

    private static final Duration HANDSHAKE = Duration.ofSeconds(1);
    private static final Duration HEADER = Duration.ofMillis(1500);

    /** For a machine that is busy with something else. */
    private static final Duration LENIENCE = Duration.ofSeconds(4);

    private static final byte[] HALF_A_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3, 1, 2, 3};

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "server.tomcat.connection-timeout=" + HANDSHAKE.toMillis() + "ms",
                        "gatehouse.connector.header-timeout=" + HEADER.toMillis() + "ms");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void cutsHeaderDripInTotalWhenBytesKeepComing() throws Exception {
        long before = count(ConnectorName.HTTP, ConnectionKind.HEADER_TIMEOUT);
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            assertCutWithin(HEADER, socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: ");
        }
        awaitCount(ConnectorName.HTTP, ConnectionKind.HEADER_TIMEOUT, before + 1);
    }

    @Test
    void cutsHeaderDripInTotalWhenItComesOverTls() throws Exception {
        int port = gatehouse.port(ConnectorName.HTTPS);
        long before = count(ConnectorName.HTTPS, ConnectionKind.HEADER_TIMEOUT);
        try (Socket tls =
                RawHttp.trustingAll()
                        .createSocket(RawHttp.connect(port), "localhost", port, true)) {
            assertCutWithin(HEADER, tls, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: ");
        }
        awaitCount(ConnectorName.HTTPS, ConnectionKind.HEADER_TIMEOUT, before + 1);
    }

    @Test
    void cutsClientHelloDripAtHandshakeTimeout() throws Exception {
        long before = count(ConnectorName.HTTPS, ConnectionKind.HANDSHAKE_FAILED);
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTPS))) {
            assertCutWithin(HANDSHAKE, socket, new String(HALF_A_HELLO, US_ASCII));
        }
        awaitCount(ConnectorName.HTTPS, ConnectionKind.HANDSHAKE_FAILED, before + 1);
    }

    @Test
    void cutsHalfHelloAtHandshakeTimeout() throws Exception {
        long before = count(ConnectorName.HTTPS, ConnectionKind.HANDSHAKE_FAILED);
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTPS))) {
            socket.getOutputStream().write(HALF_A_HELLO);
            assertClosedWithin(HANDSHAKE, socket);
        }
        awaitCount(ConnectorName.HTTPS, ConnectionKind.HANDSHAKE_FAILED, before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void cutsSilenceAtConnectionTimeout(ConnectorName name) throws Exception {
        long before = count(name, ConnectionKind.SILENT);
        try (Socket socket = RawHttp.connect(gatehouse.port(name))) {
            assertClosedWithin(HANDSHAKE, socket);
        }
        awaitCount(name, ConnectionKind.SILENT, before + 1);
    }

    @Test
    void keepsConnectionThatHasDeliveredItsFirstHeader() throws Exception {
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            for (int i = 0; i < 4; i++) {
                String request = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                byte[] answer = new byte[4096];
                int length = 0;
                while (!new String(answer, 0, length, US_ASCII).endsWith("pong")) {
                    length += socket.getInputStream().read(answer, length, answer.length - length);
                }
                long nextAt = System.nanoTime() + HEADER.dividedBy(3).toNanos();
                await().pollInterval(Duration.ofMillis(20)).until(() -> System.nanoTime() > nextAt);
            }
        }
    }

    /** Sends that, then a byte each 100 ms, until the server closes. */
    private static void assertCutWithin(Duration timeout, Socket socket, String start)
            throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(start.getBytes(ISO_8859_1));
        try (ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
            var _ = drip.scheduleAtFixedRate(() -> drip(out), 100, 100, TimeUnit.MILLISECONDS);
            assertClosedWithin(timeout, socket);
            drip.shutdownNow();
        }
    }

    private static void drip(OutputStream out) {
        try {
            out.write('x');
        } catch (IOException ex) {
            throw new IllegalStateException(ex); // cut off, which ends the drip too
        }
    }

    private static void assertClosedWithin(Duration timeout, Socket socket) {
        long start = System.nanoTime();
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SocketTimeoutException ex) {
            throw new AssertionError("Never cut off", ex);
        } catch (IOException _) {
            // reset, as the drip goes on: cut off as well
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(timeout.dividedBy(2), timeout.plus(LENIENCE));
    }

    private static long count(ConnectorName name, ConnectionKind kind) {
        return gatehouse.connectors().count(name, kind);
    }

    private static void awaitCount(ConnectorName name, ConnectionKind kind, long expected) {
        await().untilAsserted(() -> assertThat(count(name, kind)).isEqualTo(expected));
    }
}
