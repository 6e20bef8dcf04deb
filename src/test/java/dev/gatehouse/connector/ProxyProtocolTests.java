package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A load balancer on this machine that names its clients; and one that is not trusted. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit starts them
class ProxyProtocolTests {

    private static final String HEADER = "PROXY TCP4 192.0.2.1 10.0.0.1 54321 443\r\n";

    private static final String BINARY =
            new String(
                            HexFormat.of()
                                    .parseHex(
                                            "0d0a0d0a000d0a515549540a21110011c00002010a000001d43101bb"),
                            StandardCharsets.ISO_8859_1)
                    + "\u0004\u0000\u0002\u00ff\u00ff"; // a TLV

    private static RunningGatehouse trusting;
    private static RunningGatehouse distrusting;

    @BeforeAll
    static void start() {
        trusting =
                RunningGatehouse.start(
                        "gatehouse.proxy-protocol.trusted=127.0.0.0/8",
                        "gatehouse.trusted-proxies=127.0.0.0/8");
        distrusting = RunningGatehouse.start("gatehouse.proxy-protocol.trusted=10.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        trusting.close();
        distrusting.close();
    }

    private static String get(String mark, String... headers) {
        return "GET /?seen="
                + mark
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join("", headers)
                + "\r\n";
    }

    private static RawHttp.Response send(
            RunningGatehouse server, ConnectorName connector, String header, String request)
            throws IOException {
        int port = server.port(connector);
        try (Socket plain = RawHttp.connect(port)) {
            if (connector == ConnectorName.HTTP) {
                return RawHttp.exchange(plain, header + request);
            }
            plain.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
            try (Socket tls = RawHttp.trustingAll().createSocket(plain, "x", port, true)) {
                return RawHttp.exchange(tls, request);
            }
        }
    }

    private static String line(CapturedOutput output, String mark) {
        return await().until(
                        () ->
                                output.getOut()
                                        .lines()
                                        .filter(line -> line.contains("seen=" + mark))
                                        .findFirst()
                                        .orElse(""),
                        line -> !line.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void accessLogWhenClientIsNamedHasBothAddresses(ConnectorName connector, CapturedOutput output)
            throws IOException {
        String mark = "named-" + connector;
        for (String header : new String[] {HEADER, BINARY}) {
            RawHttp.Response answer = send(trusting, connector, header, get(mark));
            assertThat(answer.status()).isEqualTo(connector == ConnectorName.HTTP ? 301 : 200);
        }

        assertThat(line(output, mark))
                .contains("\"source.ip\":\"127.0.0.1\"", "\"client.ip\":\"192.0.2.1\"");
    }

    @Test
    void accessLogWhenHttp2IsSpokenHasTheClientOfEachStream(CapturedOutput output)
            throws IOException {
        try (Http2Frames connection =
                Http2Frames.after(trusting.port(ConnectorName.HTTPS), HEADER)) {
            connection.get(1, "/?seen=stream-a");
            assertThat(connection.readStatus(1)).isEqualTo(200);
            connection.get(3, "/?seen=stream-b");
            assertThat(connection.readStatus(3)).isEqualTo(200);
        }

        assertThat(line(output, "stream-a")).contains("\"client.ip\":\"192.0.2.1\"");
        assertThat(line(output, "stream-b")).contains("\"client.ip\":\"192.0.2.1\"");
    }

    @Test
    void accessLogWhenRequestCannotBeReadHasItsClient(CapturedOutput output) {
        await().until(
                        () -> {
                            send(trusting, ConnectorName.HTTP, HEADER, "\u0000\u0001\r\n\r\n");
                            return output.getOut()
                                    .lines()
                                    .anyMatch(
                                            line ->
                                                    line.contains("\"client.ip\":\"192.0.2.1\"")
                                                            && !line.contains("url.path"));
                        });
    }

    @Test
    void accessLogWhenTrustedProxyForwardsHasTheClientOfItsHeader(CapturedOutput output)
            throws IOException {
        send(
                trusting,
                ConnectorName.HTTP,
                HEADER,
                get("forwarded", "X-Forwarded-For: 203.0.113.7\r\n"));

        assertThat(line(output, "forwarded")).contains("\"client.ip\":\"203.0.113.7\"");
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void requestWhenItComesByteByByteIsServed(ConnectorName connector) throws IOException {
        int port = trusting.port(connector);
        try (Socket socket = RawHttp.connect(port)) {
            socket.setTcpNoDelay(true);
            for (byte b : BINARY.getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(b);
            }
            if (connector == ConnectorName.HTTP) {
                assertThat(RawHttp.exchange(socket, get("bytes")).status()).isEqualTo(301);
            } else {
                try (Socket tls = RawHttp.trustingAll().createSocket(socket, "x", port, true)) {
                    assertThat(RawHttp.exchange(tls, get("bytes")).status()).isEqualTo(200);
                }
            }
        }
    }

    /** Without a header, a client on this machine is served over plain HTTP. */
    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY UNKNOWN\r\n"})
    void exemptionOfLoopbackWhenNoClientIsNamedHolds(String header) throws IOException {
        assertThat(send(trusting, ConnectorName.HTTP, header, get("local")).status())
                .isEqualTo(200);
    }

    @Test
    void exemptionOfLoopbackWhenLoopbackIsNamedDoesNotHold() throws IOException {
        String header = "PROXY TCP4 127.0.0.1 127.0.0.1 1 80\r\n";

        assertThat(send(trusting, ConnectorName.HTTP, header, get("claimed")).status())
                .isEqualTo(301);
    }

    @Test
    void brokenHeaderWhenPeerIsTrustedClosesTheConnectionAndIsCounted(CapturedOutput output)
            throws IOException {
        for (ConnectorName connector : ConnectorName.values()) {
            long before = count(trusting, connector, ConnectionKind.PROXY_HEADER_INVALID);
            try (Socket socket = RawHttp.connect(trusting.port(connector))) {
                socket.getOutputStream()
                        .write("PROXY TCP4 nobody\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            awaitCount(trusting, connector, ConnectionKind.PROXY_HEADER_INVALID, before + 1);
        }
        assertThat(output).doesNotContain("nobody");
    }

    @Test
    void headerOnPlainConnectorWhenPeerIsNotTrustedIsAnsweredWith400AndCounted()
            throws IOException {
        for (String header : new String[] {HEADER, BINARY}) {
            long before =
                    count(distrusting, ConnectorName.HTTP, ConnectionKind.PROXY_HEADER_UNTRUSTED);

            RawHttp.Response answer =
                    send(distrusting, ConnectorName.HTTP, header, get("untrusted"));

            assertThat(answer.status()).isEqualTo(400);
            awaitCount(
                    distrusting,
                    ConnectorName.HTTP,
                    ConnectionKind.PROXY_HEADER_UNTRUSTED,
                    before + 1);
        }
    }

    @Test
    void headerOnHttpsWhenPeerIsNotTrustedIsAnsweredWithAnAlertAndNotLogged(CapturedOutput output) {
        long before =
                count(distrusting, ConnectorName.HTTPS, ConnectionKind.PROXY_HEADER_UNTRUSTED);

        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> send(distrusting, ConnectorName.HTTPS, BINARY, get("untrusted")))
                .withMessageContaining("unexpected_message");

        awaitCount(
                distrusting,
                ConnectorName.HTTPS,
                ConnectionKind.PROXY_HEADER_UNTRUSTED,
                before + 1);
        assertThat(output).doesNotContain("192.0.2.77");
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void requestWithoutHeaderWhenPeerIsNotTrustedIsServed(ConnectorName connector)
            throws IOException {
        long silent = count(distrusting, connector, ConnectionKind.SILENT);

        assertThat(send(distrusting, connector, "", get("direct")).status()).isEqualTo(200);
        assertThat(count(distrusting, connector, ConnectionKind.SILENT)).isEqualTo(silent);
    }

    private static long count(
            RunningGatehouse server, ConnectorName connector, ConnectionKind kind) {
        return server.connectors().get(connector).count(kind);
    }

    private static void awaitCount(
            RunningGatehouse server, ConnectorName connector, ConnectionKind kind, long expected) {
        await().untilAsserted(() -> assertThat(count(server, connector, kind)).isEqualTo(expected));
    }
}
