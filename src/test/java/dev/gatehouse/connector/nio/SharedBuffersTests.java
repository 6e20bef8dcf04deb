package dev.gatehouse.connector.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Clients share the pool's buffers: each gets its own bytes, and none of another's. */
class SharedBuffersTests {

    private static final byte[] OF_ANOTHER = "BYTES OF ANOTHER CLIENT. ".getBytes(US_ASCII);
    private static final int CLIENTS = 40;
    private static final int REQUESTS = 20;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = RunningGatehouse.startWith(new Class<?>[] {EchoServlet.class});
        for (ConnectorName name : ConnectorName.values()) {
            poison(endpoint(name).buffers());
        }
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    private static void poison(BufferPool pool) {
        List<ByteBuffer> all = new ArrayList<>();
        for (ByteBuffer next = pool.borrow(); next.isDirect(); next = pool.borrow()) {
            while (next.remaining() >= OF_ANOTHER.length) {
                next.put(OF_ANOTHER);
            }
            all.add(next);
        }
        all.forEach(pool::giveBack);
    }

    @ParameterizedTest
    @EnumSource
    void givesEachClientItsOwnBytesWhenManySendInParts(ConnectorName name) throws Exception {
        together(
                client -> {
                    try (Socket socket = open(name)) {
                        for (int i = 0; i < REQUESTS; i++) {
                            String body = body(client, i);
                            assertThat(sendInParts(socket, client, body)).isEqualTo(body);
                        }
                    }
                });
    }

    @Test
    void givesEachClientItsOwnBytesOverHttp2() throws Exception {
        URI echo = URI.create("https://localhost:" + gatehouse.port(ConnectorName.HTTPS) + "/echo");
        together(
                client -> {
                    try (HttpClient http =
                            HttpClient.newBuilder()
                                    .sslContext(RawHttp.contextTrustingAll())
                                    .build()) {
                        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                        for (int i = 0; i < REQUESTS; i++) {
                            answers.add(
                                    http.sendAsync(
                                            HttpRequest.newBuilder(echo)
                                                    .POST(
                                                            HttpRequest.BodyPublishers.ofString(
                                                                    body(client, i)))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString()));
                        }
                        for (int i = 0; i < REQUESTS; i++) {
                            assertThat(answers.get(i).get().body()).isEqualTo(body(client, i));
                        }
                    }
                });
    }

    /** What one client does. */
    private interface Client {
        void run(int number) throws Exception;
    }

    private static void together(Client client) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                running.add(
                        clients.submit(
                                () -> {
                                    client.run(number);
                                    return null;
                                }));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    /** Of a length of its own, from a few bytes to more than a buffer. */
    private static String body(int client, int number) {
        return ("client " + client + ", request " + number + "; ").repeat(1 + client * number);
    }

    private static String sendInParts(Socket socket, int client, String body) throws IOException {
        byte[] request =
                RawHttp.request(
                                "POST /echo HTTP/1.1",
                                "Host: localhost",
                                "Content-Length: " + body.length())
                        .concat(body)
                        .getBytes(US_ASCII);
        int part = 1 + (client * 7) % 40;
        socket.getOutputStream().write(request, 0, part);
        return RawHttp.exchange(socket, new String(request, part, request.length - part, US_ASCII))
                .body();
    }

    private static ConnectorEndpoint endpoint(ConnectorName name) {
        return ((ConnectorProtocol) gatehouse.connectors().get(name).tomcat().getProtocolHandler())
                .endpoint();
    }

    private static Socket open(ConnectorName name) throws IOException {
        int port = gatehouse.port(name);
        Socket plain = RawHttp.connect(port);
        return switch (name) {
            case HTTP -> plain;
            case HTTPS -> RawHttp.trustingAll().createSocket(plain, "localhost", port, true);
        };
    }

    /** Answers with the body of the request. */
    @Configuration(proxyBeanMethods = false)
    static class EchoServlet {

        @Bean
        ServletRegistrationBean<HttpServlet> echoServlet() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {

                        private static final long serialVersionUID = 1L;

                        @Override
                        protected void doPost(
                                HttpServletRequest request, HttpServletResponse response)
                                throws IOException {
                            byte[] body = request.getInputStream().readAllBytes();
                            response.setContentLength(body.length);
                            response.getOutputStream().write(body);
                        }
                    },
                    "/echo");
        }
    }
}
