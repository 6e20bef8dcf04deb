package dev.gatehouse.connector.nio;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are open and say nothing: what they hold, and that they go on. */
class IdleConnectionsTests {

    private static final String PAGE = request("GET /style.css HTTP/1.1", "Host: localhost");
    private static final String PING = request("GET /ping HTTP/1.1", "Host: localhost");
    private static final String HALF_HEADER = PING.substring(0, PING.length() - 1);

    /** More than direct memory was once enough for, at 18 KB for each. */
    private static final int MANY = 1500;

    private static RunningGatehouse gatehouse;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        gatehouse = RunningGatehouse.start();
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @EnumSource
    void holdsNoBufferWhenConnectionIsIdle(ConnectorName connector) throws Exception {
        try (Socket socket = open(connector)) {
            String first = RawHttp.exchange(socket, PAGE).body();
            await().until(() -> bufferBytes(connector, socket) == 0);

            String second = RawHttp.exchange(socket, PAGE).body();

            assertThat(second).isEqualTo(first).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsTheBytesOfHalfAHeaderAndGoesOnWithIt(ConnectorName connector) throws Exception {
        try (Socket socket = open(connector)) {
            for (int i = 0; i < HALF_HEADER.length(); i++) {
                socket.getOutputStream().write(HALF_HEADER.charAt(i));
                int sent = i + 1;
                await().until(() -> bufferBytes(connector, socket) == sent);
            }

            assertThat(RawHttp.exchange(socket, PING.substring(HALF_HEADER.length())).body())
                    .isEqualTo("pong");
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithAHeaderThatIsLongerThanABuffer(ConnectorName connector) throws Exception {
        String header =
                request("GET /ping HTTP/1.1", "Host: localhost", "X-Long: " + "x".repeat(40_000));
        RunningGatehouse former = gatehouse;
        try (RunningGatehouse other =
                RunningGatehouse.start("server.max-http-request-header-size=64KB")) {
            gatehouse = other;
            try (Socket socket = open(connector)) {
                write(socket, header.substring(0, 10_000));
                await().until(() -> bufferBytes(connector, socket) == 10_000);
                write(socket, header.substring(10_000, 20_000));
                await().until(() -> bufferBytes(connector, socket) == 0);

                assertThat(RawHttp.exchange(socket, header.substring(20_000)).body())
                        .isEqualTo("pong");
            }
        } finally {
            gatehouse = former;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void holdsNoBufferWhenHttp2ConnectionIsIdle() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build()) {
            String first = get(client);
            await().until(() -> http2BufferBytes() == 0);

            assertThat(get(client)).isEqualTo(first).isNotEmpty();
        }
    }

    @Test
    void servesOnWithinTheContainersMemoryWhenManyTlsConnectionsAreIdle() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (GatehouseProcess process =
                GatehouseProcess.startAsInContainer(
                        folder, "server.tomcat.keep-alive-timeout=5m")) {
            int port = process.port(ConnectorName.HTTPS);
            for (int i = 0; i < MANY; i++) {
                Socket socket = openTls(port);
                idle.add(socket);
                assertThat(RawHttp.exchange(socket, PING).body()).isEqualTo("pong");
            }

            assertThat(RawHttp.exchange(idle.getFirst(), PAGE).status()).isEqualTo(200);
            assertThat(process.log()).doesNotContain("OutOfMemoryError");
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** Tomcat would wait for the preface on a thread, which counts as a request that waits. */
    @Test
    void holdsNoProcessorWhenHttp2ClientHasNotSentItsPreface() throws Exception {
        try (SSLSocket client = (SSLSocket) open(ConnectorName.HTTPS)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            client.setSSLParameters(parameters);
            client.startHandshake();
            await().until(() -> isPolled(client));

            write(client, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

            byte[] settings = client.getInputStream().readNBytes(9);
            assertThat(settings[3]).isEqualTo((byte) 4);
        }
    }

    private static boolean isPolled(Socket client) {
        return endpoint(ConnectorName.HTTPS).getConnections().stream()
                .filter(connection -> connection.getRemotePort() == client.getLocalPort())
                .anyMatch(
                        connection ->
                                connection.getSocket().isHandshakeComplete()
                                        && !connection.getLock().isLocked()
                                        && connection.getCurrentProcessor() == null);
    }

    private static int bufferBytes(ConnectorName connector, Socket client) {
        return bufferBytes(connector, c -> c.getRemotePort() == client.getLocalPort());
    }

    private static int http2BufferBytes() {
        return bufferBytes(
                ConnectorName.HTTPS, connection -> "h2".equals(connection.getNegotiatedProtocol()));
    }

    private static int bufferBytes(
            ConnectorName connector, Predicate<SocketWrapperBase<NioChannel>> which) {
        return endpoint(connector).getConnections().stream()
                .filter(which)
                .map(SocketWrapperBase::getSocket)
                .mapToInt(channel -> channel instanceof TracedChannel open ? open.bufferBytes() : 0)
                .sum();
    }

    private static Socket open(ConnectorName connector) throws IOException {
        return switch (connector) {
            case HTTP -> RawHttp.connect(gatehouse.port(connector));
            case HTTPS -> openTls(gatehouse.port(connector));
        };
    }

    private static Socket openTls(int port) throws IOException {
        return RawHttp.trustingAll().createSocket(RawHttp.connect(port), "localhost", port, true);
    }

    private static ConnectorEndpoint endpoint(ConnectorName name) {
        return ((ConnectorProtocol) gatehouse.connectors().get(name).tomcat().getProtocolHandler())
                .endpoint();
    }

    private static String get(HttpClient client) throws Exception {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "https://localhost:"
                                                        + gatehouse.port(ConnectorName.HTTPS)
                                                        + "/style.css"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response.body();
    }
}
