package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its JVM does not count descriptors")
class TlsChannelTests {

    private static final int CONNECTIONS = 100;

    /** What this JVM opens and closes meanwhile, for reasons of its own. */
    private static final int OTHERS = 20;

    private static final String PING = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");

    /** BoringSSL has two for each connection, and would keep them until a collection. */
    @ParameterizedTest(name = "reset by the client: {0}")
    @ValueSource(booleans = {false, true})
    void givesDescriptorsBackWhenConnectionIsClosed(boolean reset) throws IOException {
        try (RunningGatehouse gatehouse = RunningGatehouse.start()) {
            visit(gatehouse.port(ConnectorName.HTTPS), 1, reset);
            long before = openDescriptors();

            visit(gatehouse.port(ConnectorName.HTTPS), CONNECTIONS, reset);

            await().until(TlsChannelTests::openDescriptors, open -> open < before + OTHERS);
        }
    }

    /**
     * Tomcat's close fails when a client has gone before it has taken all, and frees nothing then.
     */
    @Test
    void givesBuffersBackWhenClientGoesWithoutItsAnswer() throws IOException {
        try (RunningGatehouse gatehouse = RunningGatehouse.start()) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            String pages = RawHttp.request("GET / HTTP/1.1", "Host: localhost").repeat(5_000);
            BufferPool pool = endpoint(gatehouse).buffers();

            for (int i = 0; i < 20; i++) {
                Socket socket = RawHttp.connect(port);
                Socket tls = RawHttp.trustingAll().createSocket(socket, "localhost", port, false);
                tls.setSoTimeout(60_000);
                Thread.startVirtualThread(() -> send(tls, pages));
                assertThat(tls.getInputStream().read()).isPositive();
                await().until(() -> pool.borrowed() > 0);
                socket.setSoLinger(true, 0);
                socket.close();
            }

            await().until(() -> pool.borrowed() == 0);
        }
    }

    /** For the hello, and for the end of the handshake with the first request behind it. */
    @Test
    void takesOneTurnForEachFlightOfHandshake() throws IOException {
        try (RunningGatehouse gatehouse = RunningGatehouse.start()) {
            ConnectorEndpoint endpoint = endpoint(gatehouse);
            long fewest = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) { // the connector asks itself now and then
                fewest = Math.min(fewest, dispatchesOfVisit(endpoint));
            }

            assertThat(fewest).isEqualTo(2);
        }
    }

    private static long dispatchesOfVisit(ConnectorEndpoint endpoint) throws IOException {
        long before = endpoint.dispatches();
        SSLEngine client = RawHttp.contextTrustingAll().createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {"TLSv1.3"});
        ByteBuffer out = ByteBuffer.allocate(2 * client.getSession().getPacketBufferSize());
        ByteBuffer in = ByteBuffer.allocate(2 * client.getSession().getPacketBufferSize());
        try (SocketChannel socket = SocketChannel.open(address(endpoint))) {
            wrap(client, "", out);
            socket.write(out.flip());
            out.clear();
            shakeHands(client, socket, in, out);
            wrap(client, PING, out);
            socket.write(out.flip());
            assertThat(socket.read(in)).isPositive();
            return endpoint.dispatches() - before;
        }
    }

    /** Keeps back what the client sends until the server has sent all. */
    private static void shakeHands(
            SSLEngine client, SocketChannel socket, ByteBuffer in, ByteBuffer out)
            throws IOException {
        ByteBuffer none = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
        while (true) {
            switch (client.getHandshakeStatus()) {
                case NEED_TASK -> client.getDelegatedTask().run();
                case NEED_WRAP -> wrap(client, "", out);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    in.flip();
                    Status status = client.unwrap(in, none).getStatus();
                    in.compact();
                    if (status == Status.BUFFER_UNDERFLOW) {
                        assertThat(socket.read(in)).isPositive();
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
        }
    }

    private static void wrap(SSLEngine client, String text, ByteBuffer out) throws IOException {
        client.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), out);
    }

    private static InetSocketAddress address(ConnectorEndpoint endpoint) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.boundPort());
    }

    private static ConnectorEndpoint endpoint(RunningGatehouse gatehouse) {
        return ((ConnectorProtocol)
                        gatehouse
                                .connectors()
                                .get(ConnectorName.HTTPS)
                                .tomcat()
                                .getProtocolHandler())
                .endpoint();
    }

    private static void send(Socket socket, String requests) {
        try {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The client goes in the middle of it.
        }
    }

    private static void visit(int port, int connections, boolean reset) throws IOException {
        List<Socket> plain = new ArrayList<>();
        List<Socket> secure = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket socket = RawHttp.connect(port);
            plain.add(socket);
            Socket tls = RawHttp.trustingAll().createSocket(socket, "localhost", port, false);
            secure.add(tls);
            assertThat(RawHttp.exchange(tls, PING).body()).isEqualTo("pong");
        }
        for (Socket socket : reset ? plain : secure) {
            socket.setSoLinger(reset, 0);
            socket.close();
        }
        for (Socket socket : plain) {
            socket.close();
        }
    }

    private static long openDescriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }
}
