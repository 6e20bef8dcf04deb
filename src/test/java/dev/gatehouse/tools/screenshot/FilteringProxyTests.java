package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilteringProxyTests {

    private TestSite site;
    private FilteringProxy proxy;

    @BeforeEach
    void start() throws IOException {
        site = new TestSite("127.0.0.1");
        site.page("/", "page");
        proxy =
                FilteringProxy.onLoopback(
                        (host, port) -> new Socket(InetAddress.ofLiteral(host), port), 1 << 20);
    }

    @AfterEach
    void stop() {
        proxy.close();
        site.close();
    }

    private String authorization(String password) {
        byte[] credential = ("gatehouse:" + password).getBytes(StandardCharsets.US_ASCII);
        return "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(credential)
                + "\r\n";
    }

    private String request(String fields) {
        return "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n".formatted(site.url("/"), fields);
    }

    /** All that comes back, until the proxy closes the connection. */
    private String exchange(String requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), proxy.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void requestWithTheCredentialIsForwarded() throws IOException {
        assertThat(exchange(request(authorization(proxy.password()))))
                .startsWith("HTTP/1.1 200 ")
                .contains("page");
    }

    /** A browser sends its first request without. */
    @Test
    void requestWithTheCredentialAfterOneWithoutIsForwarded() throws IOException {
        assertThat(exchange(request("") + request(authorization(proxy.password()))))
                .startsWith("HTTP/1.1 407 ")
                .contains("HTTP/1.1 200 ");
    }

    @Test
    void connectionWithoutTheCredentialEndsAfterThreeAnswers() throws IOException {
        String answer =
                exchange(request("") + request(authorization("wrong")) + request("") + request(""));

        assertThat(answer.split("HTTP/1.1 407 ", -1)).hasSize(4);
        assertThat(answer).doesNotContain("HTTP/1.1 200 ");
        assertThat(site.requests()).isEmpty();
    }
}
