package dev.gatehouse.security;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Any number of wrong passwords leaves both connectors serving, and the monitoring user too. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WrongPasswordTests {

    /** "correct-horse", as bcrypt of the usual strength has it: 0.1 s of CPU for a comparison. */
    private static final String PASSWORD_HASH =
            "{bcrypt}$2a$10$eyDD23OdMivA4dUiCp8slOKDsVneHVHWXytD8OmeSEdF6YKgK3Tk6";

    private static final String OPERATOR = credentials("operator", "correct-horse");
    private static final int CONNECTIONS = 50;
    private static final int REQUESTS_OF_EACH = 20;
    private static final int STREAMS = 50;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "spring.security.user.name=operator",
                        "spring.security.user.password=" + PASSWORD_HASH,
                        "gatehouse.liveness.slow-probe=10s");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    @Order(1)
    void loginOfTheMonitoringUserIsRemembered() {
        assertThat(get("/actuator/info", OPERATOR).status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void connectorsWhenPasswordsAreWrongOverHttp1AnswerEveryProbe() throws Exception {
        double wrongBefore = count("wrong");
        double refusedBefore = count("locked") + count("busy");
        double lockedBefore = count("locked");
        try (ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> attacks = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                attacks.add(attackers.submit(WrongPasswordTests::attack));
            }
            do {
                assertEverybodyElseIsServed();
            } while (!attacks.stream().allMatch(Future::isDone));
            for (Future<?> attack : attacks) {
                attack.get();
            }
        }

        assertThat(count("wrong") - wrongBefore).isBetween(1.0, 1.0 * FailureLimit.FAILURES);
        assertThat(count("locked") - lockedBefore).isGreaterThan(CONNECTIONS);
        assertThat(count("locked") + count("busy") - refusedBefore)
                .isGreaterThanOrEqualTo(CONNECTIONS * REQUESTS_OF_EACH - FailureLimit.FAILURES);
    }

    @Test
    @Order(3)
    void connectorsWhenPasswordsAreWrongOverHttp2AnswerEveryProbe() {
        HttpClient client =
                HttpClient.newBuilder().sslContext(RawHttp.contextTrustingAll()).build();
        HttpRequest login =
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://localhost:%d/actuator/info"
                                                .formatted(gatehouse.port(ConnectorName.HTTPS))))
                        .header("Authorization", wrong().substring("Authorization: ".length()))
                        .build();
        try (client) {
            List<CompletableFuture<HttpResponse<Void>>> answers =
                    IntStream.range(0, STREAMS)
                            .mapToObj(
                                    _ ->
                                            client.sendAsync(
                                                    login, HttpResponse.BodyHandlers.discarding()))
                            .toList();
            assertEverybodyElseIsServed();

            assertThat(answers)
                    .allSatisfy(
                            answer -> {
                                assertThat(answer.join().version())
                                        .isEqualTo(HttpClient.Version.HTTP_2);
                                assertThat(answer.join().statusCode()).isIn(401, 429, 503);
                            });
        }
    }

    @Test
    @Order(4)
    void loginWhenTheClientIsLockedSaysWhenToTryAgain() {
        Response answer = get("/actuator/info", credentials("nobody", "wrong"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 60);
        assertThat(answer.body()).isEmpty();
    }

    /** Each attacker keeps its connection, as those did that took the server off. */
    private static Void attack() throws IOException {
        int sent = 0;
        while (sent < REQUESTS_OF_EACH) {
            sent += requestsOnOneConnection(REQUESTS_OF_EACH - sent);
        }
        return null;
    }

    private static int requestsOnOneConnection(int most) throws IOException {
        int port = gatehouse.port(ConnectorName.HTTPS);
        String login = request("GET /actuator/info HTTP/1.1", "Host: localhost", wrong());
        try (Socket socket =
                RawHttp.trustingAll()
                        .createSocket(RawHttp.connect(port), "localhost", port, true)) {
            for (int sent = 1; sent <= most; sent++) {
                Response answer = RawHttp.exchange(socket, login);
                assertThat(answer.status()).isIn(401, 429, 503);
                if (answer.status() == 503) { // after which Tomcat closes the connection
                    return sent;
                }
            }
            return most;
        }
    }

    private static void assertEverybodyElseIsServed() {
        String ping = request("GET /ping HTTP/1.1", "Host: localhost");
        assertThat(gatehouse.http(ping).status()).isEqualTo(200);
        assertThat(gatehouse.https(ping).status()).isEqualTo(200);
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(get("/actuator/health/liveness").body()).contains("\"UP\"");
        Response details = get("/actuator/health/liveness", OPERATOR);
        assertThat(details.body()).contains("ALIVE").doesNotContain("BUSY", "DEAD");
    }

    private static Response get(String path, String... headers) {
        String extra = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
        return gatehouse.https(request("GET " + path + " HTTP/1.1", "Host: localhost" + extra));
    }

    private static double count(String outcome) {
        return gatehouse
                .bean(MeterRegistry.class)
                .get(LoginRecord.METRIC)
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static String wrong() {
        return credentials("operator", "wrong");
    }

    private static String credentials(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
