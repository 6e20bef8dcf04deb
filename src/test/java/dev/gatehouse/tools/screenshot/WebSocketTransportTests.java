package dev.gatehouse.tools.screenshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WebSocketTransportTests {

    /** More than the buffers of both ends take. */
    private static final int LONG_MESSAGE = 64 << 20;

    @Test
    @Timeout(60)
    void sendWhenTheBrowserReadsNothingEndsAtTheTimeout() throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpClient client = HttpClient.newHttpClient()) {
            Thread browser = Thread.ofVirtual().start(() -> acceptAndReadNothing(server, finished));
            URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
            try (WebSocketTransport transport =
                    new WebSocketTransport(client, uri, Duration.ofSeconds(2))) {
                byte[] message = "x".repeat(LONG_MESSAGE).getBytes(ISO_8859_1);

                assertThatThrownBy(() -> transport.send(message))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the remote browser does not answer");
            }
            finished.countDown();
            browser.join();
        }
    }

    private static void acceptAndReadNothing(ServerSocket server, CountDownLatch finished) {
        try (Socket socket = server.accept();
                BufferedReader request =
                        new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
            String key = "";
            for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
                if (line.startsWith("Sec-WebSocket-Key: ")) {
                    key = line.substring("Sec-WebSocket-Key: ".length());
                }
            }
            String accept =
                    Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-1")
                                            .digest(
                                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                                            .getBytes(ISO_8859_1)));
            socket.getOutputStream()
                    .write(
                            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                                            + accept
                                            + "\r\n\r\n")
                                    .getBytes(ISO_8859_1));
            finished.await();
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
