package dev.gatehouse;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The port scanner of that evening, two hundred times over, and its relatives. */
@ExtendWith(OutputCaptureExtension.class)
class ScannersTests {

    private static final int SCANS = 200;

    /** The record header and the first bytes of a ClientHello that announces 512 bytes. */
    private static final byte[] HALF_CLIENT_HELLO =
            HexFormat.of().parseHex("1603010200010001fc0303aabbccdd");

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = RunningGatehouse.start("server.tomcat.connection-timeout=4s");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void connectionsWhenTheySayNothingHarmNothing(CapturedOutput output) throws IOException {
        List<Socket> scanners = new ArrayList<>();
        for (int i = 0; i < SCANS; i++) {
            scanners.add(connect());
        }
        assertEverythingServes(output);
        for (Socket scanner : scanners) {
            assertThat(scanner.getInputStream().read()).as("closed by the server").isNegative();
            scanner.close();
        }
        assertEverythingServes(output);
    }

    @Test
    void connectionsWhenTheyLeaveAtOnceHarmNothing(CapturedOutput output) throws IOException {
        for (int i = 0; i < SCANS; i++) {
            connect().close();
        }
        assertEverythingServes(output);
    }

    @Test
    void handshakesWhenHalfDoneHarmNothing(CapturedOutput output) throws IOException {
        for (int i = 0; i < SCANS; i++) {
            try (Socket scanner = connect()) {
                scanner.getOutputStream().write(HALF_CLIENT_HELLO);
            }
        }
        assertEverythingServes(output);
    }

    @Test
    void handshakesWhenNothingFollowsHarmNothing(CapturedOutput output) throws IOException {
        for (int i = 0; i < SCANS; i++) {
            try (SSLSocket scanner = (SSLSocket) tls(connect())) {
                scanner.startHandshake();
            }
        }
        assertEverythingServes(output);
    }

    @Test
    void requestsWhenPlainOnTheTlsPortAreAnsweredWithAnError(CapturedOutput output) {
        for (int i = 0; i < SCANS; i++) {
            assertThat(
                            RawHttp.plain(
                                            gatehouse.port(ConnectorName.HTTPS),
                                            request("GET / HTTP/1.1", "Host: localhost"))
                                    .status())
                    .isEqualTo(400);
        }
        assertEverythingServes(output);
    }

    private static Socket connect() throws IOException {
        return RawHttp.connect(gatehouse.port(ConnectorName.HTTPS));
    }

    private static Socket tls(Socket socket) throws IOException {
        return RawHttp.trustingAll().createSocket(socket, "localhost", socket.getPort(), true);
    }

    private static void assertEverythingServes(CapturedOutput output) {
        String ping = request("GET /ping HTTP/1.1", "Host: localhost");
        assertThat(gatehouse.http(ping).body()).isEqualTo("pong");
        assertThat(gatehouse.https(ping).body()).isEqualTo("pong");
        String liveness = request("GET /actuator/health/liveness HTTP/1.1", "Host: localhost");
        await().until(() -> gatehouse.https(liveness).status() == 200);
        assertThat(output).doesNotContain("ERROR").doesNotContain("Exception");
    }
}
