package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** As many TLS connections as the memory has room for, and then more. */
@EnabledOnOs(OS.LINUX)
class ConnectionRoomUnderLoadTests {

    private static final Pattern ROOM = Pattern.compile("has room for (\\d+) TLS connections");

    @TempDir private Path folder;

    @Test
    void newcomersWhenIdleConnectionsTakeAllRoomAreServed() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (GatehouseProcess gatehouse =
                GatehouseProcess.startAsInContainer(folder, "160m", GatehouseApplication.class)) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            Matcher room = ROOM.matcher(gatehouse.log());
            assertThat(room.find()).isTrue();
            for (int i = Integer.parseInt(room.group(1)); i > 0; i--) {
                idle.add(idle(port));
            }

            for (int i = 0; i < 5; i++) {
                Socket newcomer = idle(port);
                idle.add(newcomer);
            }
            assertThat(UnderLoad.count(gatehouse, "is DEAD")).isZero();
            await().until(() -> isEnded(idle.getFirst()));
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** Has been served, and stays. */
    private static Socket idle(int port) {
        try {
            Socket socket =
                    RawHttp.trustingAll()
                            .createSocket(RawHttp.connect(port), "localhost", port, true);
            String request = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");
            assertThat(RawHttp.exchange(socket, request).status()).isEqualTo(200);
            return socket;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean isEnded(Socket socket) throws Exception {
        return socket.getInputStream().read() < 0;
    }
}
