package dev.gatehouse.load;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More of them than a heap has room for: the process lives, and others are served. */
class SlowClientsTests {

    private static final String PING = request("GET /ping HTTP/1.1", "Host: localhost");
    private static final String PAGE = request("GET / HTTP/1.1", "Host: localhost");

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void othersAreServedWhileThousandsHoldMemory(SlowClients clients) throws Exception {
        List<Closeable> there = new ArrayList<>();
        try (GatehouseProcess process =
                GatehouseProcess.startAsInContainer(
                        folder, "server.tomcat.connection-timeout=60s")) {
            int port = clients.port(process);
            for (int i = 0; i < clients.number(); i++) {
                come(clients, port, there);
                if (i % (clients.number() / 10) == 0) {
                    expectService(process);
                }
            }

            await().during(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> expectService(process));
            assertThat(process.log()).doesNotContain("OutOfMemoryError", "is DEAD");
            assertThat(process.log().contains("cut off to make room for others"))
                    .isEqualTo(clients.areCutOff());
        } finally {
            for (Closeable client : there) {
                client.close();
            }
        }
    }

    private static void come(SlowClients clients, int port, List<Closeable> there) {
        try {
            there.add(clients.come(port));
        } catch (IOException _) {
            // Cut off in the middle of it, which is what is to happen to some.
        }
    }

    private static void expectService(GatehouseProcess process) {
        int https = process.port(ConnectorName.HTTPS);
        assertThat(RawHttp.tls(https, PING).body()).isEqualTo("pong");
        assertThat(RawHttp.plain(process.port(ConnectorName.HTTP), PING).body()).isEqualTo("pong");
        assertThat(RawHttp.tls(https, PAGE).status()).isEqualTo(200);
    }
}
