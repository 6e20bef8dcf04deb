package dev.gatehouse.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.AcceptQueue;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is done to the whole process: it is held up or starved, and not its connectors' fault. */
@EnabledOnOs(OS.LINUX)
class ProcessFaultTests {

    private static final String[] IMPATIENT = {
        "server.tomcat.connection-timeout=6s",
        "gatehouse.liveness.probe-interval=200ms",
        "gatehouse.liveness.probe-timeout=500ms",
        "gatehouse.liveness.soft-dead-after=2s",
        "gatehouse.liveness.late-after=200ms"
    };

    /** Production's patience, but for what cuts off the idle. */
    private static final String[] PATIENT = {
        "server.tomcat.connection-timeout=6s", "gatehouse.liveness.probe-interval=200ms"
    };

    private static final Duration LONGER_THAN_SOFT_DEATH = Duration.ofSeconds(5);

    private static final String PING =
            RawHttp.request("GET /ping HTTP/1.1", "Host: localhost", "Connection: close");

    @TempDir private Path folder;

    @Test
    void livesOnWhenProcessWasStopped() throws Exception {
        try (GatehouseProcess gatehouse = GatehouseProcess.start(folder, IMPATIENT)) {
            awaitLiveness(gatehouse);
            int port = gatehouse.port(ConnectorName.HTTP);
            gatehouse.signal("STOP");
            try {
                try (Socket socket = RawHttp.connect(port)) {
                    socket.setSoTimeout(Math.toIntExact(LONGER_THAN_SOFT_DEATH.toMillis()));
                    assertThatThrownBy(() -> RawHttp.exchange(socket, PING))
                            .isInstanceOf(SocketTimeoutException.class);
                }
            } finally {
                gatehouse.signal("CONT");
            }

            awaitLiveness(gatehouse);
            assertThat(gatehouse.log()).doesNotContain("is DEAD").doesNotContain("Restarted");
        }
    }

    /**
     * As during a pause of the collector. A full queue drops a handshake, tried again after 1 s.
     */
    @Test
    void connectionsWhenProcessDoesNotAcceptForAMomentAreQueued() throws Exception {
        try (GatehouseProcess gatehouse =
                GatehouseProcess.start(folder, "server.tomcat.connection-timeout=60s")) {
            awaitLiveness(gatehouse);
            int port = gatehouse.port(ConnectorName.HTTP);
            List<Socket> queued = new ArrayList<>();
            gatehouse.signal("STOP");
            try {
                for (int i = 0; i < 500; i++) {
                    queued.add(RawHttp.connect(port));
                }
                assertThat(new AcceptQueue(port).length()).isGreaterThanOrEqualTo(queued.size());
            } finally {
                gatehouse.signal("CONT");
            }

            for (Socket socket : queued) {
                assertThat(RawHttp.exchange(socket, PING).status()).isEqualTo(200);
                socket.close();
            }
        }
    }

    @Test
    void isBusyAndRecoversWhenOutOfFileDescriptors() throws Exception {
        try (GatehouseProcess gatehouse = GatehouseProcess.start(folder, PATIENT)) {
            awaitLiveness(gatehouse);
            leaveDescriptors(gatehouse, 40);
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < 120; i++) { // 40, and what the backlog holds
                held.add(RawHttp.connect(gatehouse.port(ConnectorName.HTTP)));
            }

            await().until(() -> gatehouse.log().contains("is BUSY (was ALIVE): out of file"));
            awaitLiveness(gatehouse);
            assertThat(gatehouse.log()).doesNotContain("is DEAD").doesNotContain("Restarted");
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    /** How many are open depends on the class path: a fixed limit would stop the start some day. */
    private static void leaveDescriptors(GatehouseProcess gatehouse, int free) throws Exception {
        int open;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + gatehouse.pid() + "/fd"))) {
            open = (int) descriptors.count();
        }
        Process limit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(gatehouse.pid()),
                                "--nofile=" + (open + free))
                        .start();
        assertThat(limit.waitFor()).isZero();
    }

    private static void awaitLiveness(GatehouseProcess gatehouse) {
        for (ConnectorName name : ConnectorName.values()) {
            gatehouse.port(name); // a start may take longer than what is awaited here
            await().ignoreException(UncheckedIOException.class)
                    .until(() -> ask(gatehouse, name) == 200);
        }
    }

    private static int ask(GatehouseProcess gatehouse, ConnectorName name) throws IOException {
        int port = gatehouse.port(name);
        String request =
                RawHttp.request(
                        "GET /actuator/health/liveness HTTP/1.1",
                        "Host: localhost",
                        "Connection: close");
        return (name == ConnectorName.HTTP
                        ? RawHttp.plain(port, request)
                        : RawHttp.tls(port, request))
                .status();
    }
}
