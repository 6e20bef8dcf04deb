package dev.gatehouse.connector.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a redirected request is not waited for; one that has come keeps the connection. */
class UnreadBodyPolicyTests {

    @TempDir private static Path folder;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate.forNames("site.example").writeTo(folder);
        gatehouse = RunningGatehouse.start(properties());
    }

    /** With time-outs that end no connection before the client gives up. */
    private static String[] properties() {
        return Stream.concat(
                        Stream.of(TestCertificate.properties(folder)),
                        Stream.of(
                                "server.tomcat.connection-timeout=10m",
                                "server.tomcat.keep-alive-timeout=10m"))
                .toArray(String[]::new);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000000",
                "Content-Length: 1000000\r\nX-Start: body",
                "Transfer-Encoding: chunked"
            })
    void closesAfterAnswerWhenBodyIsYetToCome(String bodyHeader) throws Exception {
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            socket.getOutputStream().write(post(bodyHeader, "4"));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 308").contains("\r\nConnection: close\r\n");
        }
    }

    @Test
    void keepsConnectionWhenBodyIsHere() throws Exception {
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(post("Content-Length: 7", "a=b&c=d"));

                assertThat(head(socket.getInputStream()))
                        .startsWith("HTTP/1.1 308")
                        .doesNotContain("Connection: close");
            }
        }
    }

    @Test
    void keepsConnectionWhenThereIsNoBody() throws Exception {
        try (Socket socket = RawHttp.connect(gatehouse.port(ConnectorName.HTTP))) {
            for (int i = 0; i < 3; i++) {
                String request = RawHttp.request("GET /a HTTP/1.1", "Host: site.example");
                socket.getOutputStream().write(request.getBytes(US_ASCII));

                assertThat(head(socket.getInputStream()))
                        .startsWith("HTTP/1.1 301")
                        .doesNotContain("Connection: close");
            }
        }
    }

    private static byte[] post(String bodyHeader, String body) {
        return (RawHttp.request("POST /form HTTP/1.1", "Host: site.example", bodyHeader) + body)
                .getBytes(US_ASCII);
    }

    private static String head(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            assertThat(read).isNotNegative();
            head.append((char) read);
        }
        return head.toString();
    }
}
