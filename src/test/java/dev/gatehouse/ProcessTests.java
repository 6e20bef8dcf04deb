package dev.gatehouse;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.StringUtils;

/** What only a process of its own can show: how it ends, and what it may bind. */
class ProcessTests {

    private static final Path FIRST_UNPRIVILEGED_PORT =
            Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    @TempDir private Path folder;

    @Test
    void processWhenToldToEndFinishesRequestsOnBothConnectors() throws Exception {
        try (GatehouseProcess gatehouse =
                GatehouseProcess.start(folder, List.of(), SlowGatehouse.class)) {
            int http = gatehouse.port(ConnectorName.HTTP);
            int https = gatehouse.port(ConnectorName.HTTPS);
            String slow = request("GET /slow HTTP/1.1", "Host: localhost");
            var overHttp = CompletableFuture.supplyAsync(() -> RawHttp.plain(http, slow));
            var overHttps = CompletableFuture.supplyAsync(() -> RawHttp.tls(https, slow));
            await().until(() -> requestsSeen(gatehouse) == 2);

            gatehouse.terminate();

            assertThat(overHttp.join().body()).contains("done");
            assertThat(overHttps.join().body()).contains("done");
            assertThat(gatehouse.exitCode()).isIn(0, 143);
            assertThatThrownBy(() -> RawHttp.plain(http, slow))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    /** With the options of the image and of every start script, in which the flag stands. */
    @Test
    void processWhenItsHeapIsExhaustedEndsAndSaysSo() throws Exception {
        try (GatehouseProcess exhausted =
                GatehouseProcess.start(
                        folder,
                        List.of("env", "JDK_JAVA_OPTIONS=@src/packaging/jvm.options"),
                        HeapEater.class)) {
            assertThat(exhausted.exitCode()).isEqualTo(3);
            assertThat(exhausted.log())
                    .contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        }
    }

    @Test
    void processWhenAPortIsTakenEndsWithAnErrorAndLeavesNothingBehind() throws Exception {
        try (ServerSocket other = new ServerSocket(0);
                GatehouseProcess gatehouse =
                        GatehouseProcess.start(
                                folder, "gatehouse.http.port=" + other.getLocalPort())) {
            assertThat(gatehouse.exitCode()).isEqualTo(1);
            assertThat(gatehouse.log())
                    .contains("The HTTP connector cannot listen")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void processWhenItMayNotBindPort80SaysWhatToDo() throws Exception {
        List<String> unprivileged = withoutThePrivilege();
        try (GatehouseProcess gatehouse =
                GatehouseProcess.start(
                        folder,
                        unprivileged,
                        GatehouseApplication.class,
                        "gatehouse.http.port=80")) {
            assertThat(gatehouse.exitCode()).isEqualTo(1);
            assertThat(gatehouse.log())
                    .contains("The HTTP connector cannot listen on any address, port 80:")
                    .contains("Permission denied")
                    .contains("net.ipv4.ip_unprivileged_port_start=0");
        }
    }

    /** Root lacks the privilege only once it has given up the capability. */
    private static List<String> withoutThePrivilege() throws IOException {
        assumeThat(firstUnprivilegedPort()).as("the kernel reserves port 80").isGreaterThan(80);
        return System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set", "-net_bind_service")
                : List.of();
    }

    /**
     * The kernel gives the whole of such a file to a first read that is large enough, and no more.
     */
    private static int firstUnprivilegedPort() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(FIRST_UNPRIVILEGED_PORT)) {
            return Integer.parseInt(String.valueOf(reader.readLine()).strip());
        }
    }

    private static int requestsSeen(GatehouseProcess gatehouse) {
        return StringUtils.countOccurrencesOf(gatehouse.log(), "slow request");
    }

    /** What runs on and on with an Error caught, unless the JVM ends it. */
    static final class HeapEater {

        private static final List<byte[]> eaten = new ArrayList<>();

        public static void main(String[] arguments) {
            while (true) {
                try {
                    eaten.add(new byte[1 << 20]);
                } catch (OutOfMemoryError _) {
                    eaten.clear();
                }
            }
        }
    }
}
