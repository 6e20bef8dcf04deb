package dev.gatehouse.connector;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse = RunningGatehouse.start();
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void pingWhenAskedByAnybodySaysPong(ConnectorName connector) {
        Response answer = send(connector, "GET /ping HTTP/1.1", "Host: any.example");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("pong");
        assertThat(answer.header("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void pingWhenAskedByHeadHasTheLengthAndNoBody(ConnectorName connector) {
        Response answer = send(connector, "HEAD /ping HTTP/1.1", "Host: localhost");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).contains("4");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void pingWhenAskedOtherwiseSaysWhatIsAllowed(String method) {
        for (ConnectorName connector : ConnectorName.values()) {
            Response answer =
                    send(
                            connector,
                            method + " /ping HTTP/1.1",
                            "Host: a.test",
                            "Content-Length: 0");

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping/", "/ping;x", "/%70ing", "//ping", "/ping/..;/x", "/Ping"})
    void pathWhenOnlyLikePingIsNotExempt(String path) {
        Response answer = send(ConnectorName.HTTP, "GET " + path + " HTTP/1.1", "Host: a.test");

        assertThat(answer.status()).isIn(400, 421);
    }

    private static Response send(ConnectorName connector, String... lines) {
        int port = gatehouse.port(connector);
        return switch (connector) {
            case HTTP -> RawHttp.plain(port, request(lines));
            case HTTPS -> RawHttp.tls(port, request(lines));
        };
    }
}
