package dev.gatehouse.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.SmartLifecycle;

/** What those who are connected notice of a shutdown: no request is dropped, no answer is cut. */
@SuppressWarnings("NullAway.Init") // JUnit starts it
class ShutdownTests {

    /** More than a client of a small window takes at once, less than the kernel keeps for it. */
    private static final int FILE = 1_000_000;

    /** Far less than the other limits that would end a connection. */
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir Path folder;

    private RunningGatehouse gatehouse;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<!doctype html>");
        Files.write(folder.resolve("large.bin"), new byte[FILE]);
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.site.root=file:" + folder + "/",
                        "server.tomcat.connection-timeout=10m",
                        "server.tomcat.keep-alive-timeout=10m",
                        "spring.lifecycle.timeout-per-shutdown-phase=10m");
    }

    @AfterEach
    void close() {
        gatehouse.close();
    }

    private CompletableFuture<Void> shutDown() {
        return CompletableFuture.runAsync(gatehouse::close);
    }

    @ParameterizedTest
    @EnumSource
    void answerAndSayCloseWhenAskedWhileShuttingDown(ConnectorName connector) throws IOException {
        try (Socket socket = open(connector)) {
            assertThat(ask(socket)).doesNotContain("Connection: close");
            CompletableFuture<Void> shutdown = shutDown();
            String answer;
            do {
                answer = ask(socket);
                assertThat(answer).startsWith("HTTP/1.1 200").endsWith("pong");
            } while (!answer.contains("Connection: close"));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(shutdown).succeedsWithin(SOON);
        }
    }

    @Test
    void endConnectionWhenItRests() throws IOException {
        try (Socket socket = open(ConnectorName.HTTPS)) {
            ask(socket);
            CompletableFuture<Void> shutdown = shutDown();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(shutdown).succeedsWithin(SOON);
        }
    }

    @Test
    void sayGoAwayWhenHttp2Rests() throws IOException {
        CompletableFuture<Void> shutdown;
        try (Http2Download download = open2()) {
            assertThat(download.readTo(Http2Download.SETTINGS)).isZero();
            shutdown = shutDown();

            download.readTo(Http2Download.GOAWAY);
        }
        assertThat(shutdown).succeedsWithin(SOON);
    }

    /** It may have been on its way when the client was told to go, and is lost if passed over. */
    @Test
    void answerStreamWhenItIsOpenedAfterGoAway() throws IOException {
        CompletableFuture<Void> shutdown;
        try (Http2Download download = open2()) {
            download.readTo(Http2Download.SETTINGS);
            shutdown = shutDown();
            download.readTo(Http2Download.GOAWAY);

            download.get("/ping");

            assertThat(download.readToEnd()).isEqualTo("pong".length());
        }
        assertThat(shutdown).succeedsWithin(SOON);
    }

    @Test
    void bringEveryByteWhenHttp2ClientReadsSlowly() throws IOException {
        CompletableFuture<Void> shutdown;
        try (Http2Download download = open2()) {
            download.get("/large.bin");
            long read = download.readTo(Http2Download.DATA);
            shutdown = shutDown();
            SmartLifecycle delivery = step("drainDelivery");
            Awaitility.await().until(() -> !delivery.isRunning());

            assertThat(read + download.readToEnd()).isEqualTo(FILE);
        }
        assertThat(shutdown).succeedsWithin(SOON);
    }

    /** In the reverse order the deadline of the delivery would pass before it begins. */
    @Test
    void awaitDeliveryAfterTheAnnouncement() throws IOException {
        CompletableFuture<Void> shutdown;
        try (Http2Download download = open2()) {
            download.readTo(Http2Download.SETTINGS);
            SmartLifecycle announcement = step("drainAnnouncement");
            SmartLifecycle delivery = step("drainDelivery");
            shutdown = shutDown();
            Awaitility.await()
                    .until(
                            () -> {
                                boolean delivering = delivery.isRunning();
                                boolean announced = !announcement.isRunning();
                                assertThat(delivering || announced).isTrue();
                                return announced;
                            });
        }
        assertThat(shutdown).succeedsWithin(SOON);
    }

    private SmartLifecycle step(String bean) {
        return gatehouse.context().getBean(bean, SmartLifecycle.class);
    }

    private Http2Download open2() throws IOException {
        return new Http2Download(gatehouse.port(ConnectorName.HTTPS));
    }

    private Socket open(ConnectorName connector) throws IOException {
        int port = gatehouse.port(connector);
        Socket socket = RawHttp.connect(port);
        return connector == ConnectorName.HTTP
                ? socket
                : RawHttp.trustingAll().createSocket(socket, "localhost", port, true);
    }

    private static String ask(Socket socket) throws IOException {
        String request = RawHttp.request("GET /ping HTTP/1.1", "Host: localhost");
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\npong") < 0) {
            int read = in.read();
            if (read < 0) {
                break;
            }
            answer.append((char) read);
        }
        return answer.toString();
    }
}
