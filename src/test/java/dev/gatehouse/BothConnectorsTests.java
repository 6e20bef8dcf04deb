package dev.gatehouse;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job: HTTPS is served, plain HTTP is redirected but for those who must not be. */
class BothConnectorsTests {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        // Else it lives again before it was seen dead.
                        "gatehouse.liveness.restart-connector=false",
                        "gatehouse.gateways[0].name=rapidapi",
                        "gatehouse.gateways[0].header=X-RapidAPI-Proxy-Secret",
                        "gatehouse.gateways[0].secrets[0]=" + SECRET);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void homePageWhenAskedOverHttpsIsServed() {
        Response home = gatehouse.https(request("GET / HTTP/1.1", "Host: localhost"));

        assertThat(home.status()).isEqualTo(200);
        assertThat(home.body()).contains("<h1>Gatehouse</h1>");
        assertThat(home.header("Set-Cookie")).isEmpty();
    }

    @Test
    void visitorWhenOnPlainHttpIsSentToTheSamePathOverHttps() {
        // Loopback, but with a proxy's header: a visitor that a proxy speaks for.
        Response answer =
                gatehouse.http(
                        request(
                                "GET /a%2Fb/?q=%C3%A9&empty= HTTP/1.1",
                                "Host: LOCALHOST:80", "X-Forwarded-For: 192.0.2.1"));

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location"))
                .contains(
                        "https://localhost:%d/a%%2Fb/?q=%%C3%%A9&empty="
                                .formatted(gatehouse.port(ConnectorName.HTTPS)));
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void redirectWhenNotGetOrHeadKeepsTheMethod(String method) {
        Response answer =
                gatehouse.http(
                        request(
                                method + " /form HTTP/1.1",
                                "Host: localhost",
                                "Via: 1.1 proxy",
                                "Content-Length: 0"));

        assertThat(answer.status()).isEqualTo(308);
    }

    @Test
    void localClientWhenOnPlainHttpIsServed() {
        Response answer = gatehouse.http(request("GET / HTTP/1.1", "Host: localhost"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void gatewayWhenItGivesItsSecretIsServed() {
        Response answer = gatehouse.http(fromGateway(SECRET));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong",
                "0123456789abcdef",
                SECRET + "0",
                SECRET + "," + SECRET,
                SECRET + "\r\nX-RapidAPI-Proxy-Secret: " + SECRET
            })
    void gatewayWhenItsSecretIsNotExactIsRedirected(String secret) {
        Response answer = gatehouse.http(fromGateway(secret));

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.headers().toString()).doesNotContain(SECRET);
    }

    @Test
    void strangerWhenAskingForAnotherHostIsRefused() {
        Response answer = gatehouse.http(request("GET / HTTP/1.1", "Host: evil.example"));

        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.body())
                .contains("no site of this name")
                .doesNotContain("localhost", "evil");
    }

    @ParameterizedTest
    @EnumSource(ConnectorName.class)
    void livenessWhenAConnectorDiesFailsThroughTheOther(ConnectorName dead)
            throws LifecycleException {
        await().until(() -> liveness(dead) == 200);
        Connector connector = gatehouse.connectors().get(dead).tomcat();

        connector.stop();
        try {
            await().until(() -> liveness(dead) == 503);
        } finally {
            connector.start();
        }

        await().until(() -> liveness(dead) == 200);
    }

    private static int liveness(ConnectorName dead) {
        String request = request("GET /actuator/health/liveness HTTP/1.1", "Host: localhost");
        return switch (dead) {
            case HTTP -> gatehouse.https(request).status();
            case HTTPS -> gatehouse.http(request).status();
        };
    }

    private static String fromGateway(String secret) {
        return request(
                "GET / HTTP/1.1",
                "Host: localhost",
                "X-Forwarded-For: 192.0.2.1",
                "X-RapidAPI-Proxy-Secret: " + secret);
    }
}
