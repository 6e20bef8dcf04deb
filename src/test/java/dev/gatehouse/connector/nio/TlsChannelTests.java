package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsChannelTests {

    private static final int CONNECTIONS = 100;

    /** What this JVM opens and closes meanwhile, for reasons of its own. */
    private static final int OTHERS = 20;

    private static final String PING = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");

    /** BoringSSL has two for each connection, and would keep them until a collection. */
    @ParameterizedTest(name = "reset by the client: {0}")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its JVM does not count descriptors")
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
            BufferPool pool =
                    ((ConnectorProtocol)
                                    gatehouse
                                            .connectors()
                                            .get(ConnectorName.HTTPS)
                                            .tomcat()
                                            .getProtocolHandler())
                            .endpoint()
                            .buffers();

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
