package dev.gatehouse.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that take their time, at a tenth of production's time-outs. */
class SlowConnectionTests {

    private static final Duration HANDSHAKE = Duration.ofSeconds(2);
    private static final Duration HEADER = Duration.ofMillis(2500);
    private static final Duration BETWEEN_DRIPS = Duration.ofMillis(100);

    /** For a machine that is busy with something else. */
    private static final Duration LENIENCE = Duration.ofMinutes(1);

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "server.tomcat.connection-timeout=" + HANDSHAKE.toMillis() + "ms",
                        "server.tomcat.keep-alive-timeout=10m",
                        "gatehouse.connector.header-timeout=" + HEADER.toMillis() + "ms");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @EnumSource
    void isCutOffAtItsTimeoutAndCounted(SlowPeer peer) throws Exception {
        Duration timeout = peer.isOfHeader() ? HEADER : HANDSHAKE;
        long before = count(peer);

        assertThat(
                        peer.untilCutOff(
                                gatehouse.port(peer.connector()),
                                BETWEEN_DRIPS,
                                timeout.plus(LENIENCE)))
                .isBetween(timeout.dividedBy(2), timeout.plus(LENIENCE));
        // A probe on a busy machine may be cut off as well.
        await().untilAsserted(() -> assertThat(count(peer)).isGreaterThan(before));
    }

    private static long count(SlowPeer peer) {
        return gatehouse.connectors().get(peer.connector()).count(peer.countedAs());
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
}
