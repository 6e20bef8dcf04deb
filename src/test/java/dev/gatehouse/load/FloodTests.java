package dev.gatehouse.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Floods of what is no request: each gets an error, and its connection is closed. */
@ExtendWith(OutputCaptureExtension.class)
class FloodTests {

    private static final Logger logger = LoggerFactory.getLogger(FloodTests.class);

    private static final int ENOUGH = 20_000;

    private static RunningGatehouse gatehouse;
    private static int http;
    private static int https;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "logging.level.dev.gatehouse.tls=error",
                        // Ends no connection before the client gives up.
                        "server.tomcat.connection-timeout=10m",
                        "server.tomcat.keep-alive-timeout=10m");
        http = gatehouse.port(ConnectorName.HTTP);
        https = gatehouse.port(ConnectorName.HTTPS);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void closesWithAnErrorWhenPlainHttpComesToTls(CapturedOutput output) throws Exception {
        long before =
                gatehouse.connectors().get(ConnectorName.HTTPS).count(ConnectionKind.PLAIN_ON_TLS);

        assertThat(timed("plain HTTP to TLS", https, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        await().untilAsserted(
                        () ->
                                assertThat(
                                                gatehouse
                                                        .connectors()
                                                        .get(ConnectorName.HTTPS)
                                                        .count(ConnectionKind.PLAIN_ON_TLS))
                                        .isEqualTo(before + 1));
        assertNothingAboveInfo(output);
    }

    @Test
    void closesWhenSslVersionTwoIsSpoken(CapturedOutput output) throws Exception {
        String hello = "\u0080.\u0001\u0000\u0002" + "\u0000".repeat(43);

        assertThat(timed("SSLv2 hello", https, hello)).isNotNull();
        assertNothingAboveInfo(output);
    }

    @Test
    void closesWhenTlsComesToPlain(CapturedOutput output) throws Exception {
        String hello =
                "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u00fc\u0003\u0003"
                        + "r".repeat(249);

        assertThat(timed("TLS to plain HTTP", http, hello)).startsWith("HTTP/1.1 400");
        assertNothingAboveInfo(output);
    }

    @Test
    void closesWhenHelloIsOfSeventyKilobytes(CapturedOutput output) throws Exception {
        String record = "\u0016\u0003\u0001@\u0000";
        String hello = "\u0001\u0001\u0011p\u0003\u0003";

        assertThat(timed("hello of 70 kB", https, record + hello + "r".repeat(70_000))).isNotNull();
        assertNothingAboveInfo(output);
    }

    @Test
    void saysGoAwayWhenStreamsAreResetRapidly(CapturedOutput output) throws Exception {
        assertGoAway(
                "rapid reset",
                output,
                (frames, i) -> {
                    frames.get(2 * i + 1);
                    frames.send(Http2Frames.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
                });
    }

    @Test
    void saysGoAwayWhenHeadersNeverEnd(CapturedOutput output) throws Exception {
        byte[] more = new byte[1024];
        Arrays.fill(more, (byte) 0x82);
        assertGoAway(
                "CONTINUATION flood",
                output,
                (frames, i) -> {
                    if (i == 0) {
                        frames.beginHeaders(1);
                    }
                    frames.send(Http2Frames.CONTINUATION, 0, 1, more);
                });
    }

    @Test
    void saysGoAwayWhenPingsFlood(CapturedOutput output) throws Exception {
        assertGoAway(
                "PING flood",
                output,
                (frames, i) -> frames.send(Http2Frames.PING, 0, 0, new byte[8]));
    }

    @Test
    void answersSoonWhenFiveThousandConnectionsWereReset() throws Exception {
        for (int i = 0; i < 5000; i++) {
            try (Socket socket = RawHttp.connect(http)) {
                socket.setSoLinger(true, 0);
            }
        }
        long start = System.nanoTime();

        assertThat(gatehouse.http(RawHttp.request("GET /ping HTTP/1.1", "Host: x")).status())
                .isEqualTo(200);
        measured("GET after 5,000 resets", start);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void leaksNoPermitWhenTenThousandAskNothingOfTls(String sent, CapturedOutput output) {
        ConnectionKind kind =
                sent.isEmpty()
                        ? ConnectionKind.SILENT
                        : sent.startsWith("GET")
                                ? ConnectionKind.PLAIN_ON_TLS
                                : ConnectionKind.HANDSHAKE_FAILED;
        long before = gatehouse.connectors().get(ConnectorName.HTTPS).count(kind);
        long start = System.nanoTime();

        flood(10_000, sent);

        measured("10,000 of " + kind, start);
        await().untilAsserted(
                        () ->
                                assertThat(
                                                gatehouse
                                                                .connectors()
                                                                .get(ConnectorName.HTTPS)
                                                                .count(kind)
                                                        - before)
                                        .isGreaterThanOrEqualTo(10_000));
        await().until(() -> gatehouse.connectors().get(ConnectorName.HTTPS).openConnections() <= 4);
        assertNothingAboveInfo(output);
    }

    private static void flood(int times, String sent) {
        try (ExecutorService senders = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < times; i++) {
                senders.execute(() -> exchange(https, sent));
            }
        }
    }

    private static String timed(String what, int port, String bytes) {
        long start = System.nanoTime();
        String answer = exchange(port, bytes);
        measured(what, start);
        return answer;
    }

    /** Sends that, says that no more will come, and reads to the end. */
    private static String exchange(int port, String bytes) {
        try (Socket socket = RawHttp.connect(port)) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return readToEnd(socket);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Up to the close, or to a reset where not all of what was sent had been read. */
    private static String readToEnd(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.append((char) b);
            }
        } catch (SocketTimeoutException ex) {
            throw ex;
        } catch (IOException _) {
            return answer.toString();
        }
        return answer.toString();
    }

    private static void assertGoAway(String what, CapturedOutput output, FrameSender sender)
            throws Exception {
        try (Http2Frames frames = new Http2Frames(https);
                ExecutorService writer = Executors.newSingleThreadExecutor()) {
            long start = System.nanoTime();
            var _ = writer.submit(() -> sendAll(frames, sender));
            int error = frames.readToGoAway();
            measured(what + ": GOAWAY " + error, start);
            writer.shutdownNow();
        }
        assertNothingAboveInfo(output);
    }

    private static void sendAll(Http2Frames frames, FrameSender sender) {
        try {
            for (int i = 0; i < ENOUGH; i++) {
                sender.send(frames, i);
            }
        } catch (IOException _) {
            return; // the server has closed: enough
        }
    }

    private static void measured(String what, long startNanos) {
        logger.info(
                "{} after {} ms",
                what,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
    }

    private static void assertNothingAboveInfo(CapturedOutput output) {
        assertThat(output).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    @FunctionalInterface
    private interface FrameSender {

        void send(Http2Frames frames, int i) throws IOException;
    }
}
