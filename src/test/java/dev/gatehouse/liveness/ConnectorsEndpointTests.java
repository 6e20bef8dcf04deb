package dev.gatehouse.liveness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorFault;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator sees of the connectors and does to them, over HTTPS and with a password. */
class ConnectorsEndpointTests {

    private static final String CREDENTIALS =
            "Authorization: Basic "
                    + Base64.getEncoder().encodeToString("operator:open sesame".getBytes(UTF_8));

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "spring.security.user.name=operator",
                        "spring.security.user.password=open sesame",
                        "management.endpoint.drill.access=unrestricted",
                        "gatehouse.liveness.restart-pause=1ms",
                        "gatehouse.liveness.alive-after-restart=1m",
                        "gatehouse.liveness.restarts-per-hour=1000");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void showsBothConnectorsAndTheirCountsWhenAuthorised() {
        await().untilAsserted(
                        () ->
                                assertThat(get("/actuator/connectors", CREDENTIALS).body())
                                        .contains(
                                                "\"http\":{\"port\":"
                                                        + gatehouse.port(ConnectorName.HTTP),
                                                "\"https\":{\"port\":"
                                                        + gatehouse.port(ConnectorName.HTTPS),
                                                "\"alive\":true,\"verdict\":\"ALIVE\",\"reason\":\"ANSWERS\"",
                                                "\"probeMillis\":",
                                                "\"pollerSpinning\":false,\"unlimited\":false",
                                                "\"accepted\":",
                                                "\"silent\":",
                                                "\"handshake.failed\":",
                                                "\"plain.on.tls\":",
                                                "\"header.timeout\":",
                                                "\"restarts\":"));
    }

    @Test
    void hasTheMetricsOfBothConnectorsByTheirNames() {
        String metrics = get("/actuator/prometheus", CREDENTIALS).body();

        for (ConnectorName name : ConnectorName.values()) {
            String labels = "{connector=\"" + name.tag() + "\"} ";
            assertThat(metrics)
                    .contains("gatehouse_connector_alive" + labels + "1.0")
                    .contains("gatehouse_connector_verdict{connector=\"" + name.tag())
                    .contains("gatehouse_connector_probe_seconds_count" + labels)
                    .contains("gatehouse_connector_restarts_total" + labels)
                    .contains("gatehouse_connector_connections_accepted_total" + labels)
                    .contains("gatehouse_connector_connections_silent_total" + labels)
                    .contains("gatehouse_connector_connections_handshake_failed_total" + labels)
                    .contains("gatehouse_connector_connections_plain_on_tls_total" + labels)
                    .contains("gatehouse_connector_connections_header_timeout_total" + labels)
                    .contains("gatehouse_connector_connections_shed_total" + labels)
                    .contains("gatehouse_connector_poller_spinning" + labels + "0.0")
                    .contains("gatehouse_connector_unlimited" + labels + "0.0");
        }
        assertThat(metrics)
                .containsPattern("gatehouse_connectors_heap_held_bytes \\d")
                .containsPattern("gatehouse_connectors_heap_limit_bytes [1-9]");
    }

    @Test
    void showsNothingWithoutPassword() {
        assertThat(get("/actuator/connectors", "X-Nothing: here").status()).isEqualTo(401);
        assertThat(post("/actuator/drill/http/stop", "X-Nothing: here").status()).isEqualTo(401);
        assertThat(get("/actuator/health", "X-Nothing: here").body())
                .doesNotContain("verdict", "connections");
    }

    @Test
    void showsHealthDetailsWhenAuthorised() {
        await().untilAsserted( // the first probe may be yet to come
                        () ->
                                assertThat(get("/actuator/health", CREDENTIALS).body())
                                        .contains("\"verdict\":\"ALIVE\"")
                                        .contains("\"lastEvidence\":", "\"probeMillis\":")
                                        .contains("\"limit\":8192", "\"live\":")
                                        .contains("\"restarts\":", "\"since\":"));
    }

    @Test
    void hasNoDrillWhenItIsNotTurnedOn() {
        try (RunningGatehouse untouched =
                RunningGatehouse.start(
                        "spring.security.user.name=operator",
                        "spring.security.user.password=open sesame")) {
            String request =
                    RawHttp.request(
                            "POST /actuator/drill/http/stop HTTP/1.1",
                            "Host: localhost",
                            CREDENTIALS,
                            "Content-Length: 0");

            assertThat(untouched.https(request).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void restartsPlainConnectorWhenDrillStopsIt(ConnectorFault fault) {
        drill(ConnectorName.HTTP, fault);
    }

    @ParameterizedTest
    @EnumSource
    void restartsTlsConnectorWhenDrillStopsIt(ConnectorFault fault) {
        drill(ConnectorName.HTTPS, fault);
    }

    /** Asked for over the other connector, since the answer of the killed one may be cut off. */
    private static void drill(ConnectorName connector, ConnectorFault fault) {
        try (Death death = new Death(gatehouse, connector)) {
            death.injected();
            String path =
                    "/actuator/drill/"
                            + connector.tag()
                            + "/"
                            + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');

            assertThat(post(path, CREDENTIALS, Death.other(connector)).status()).isEqualTo(200);
            death.awaitEvent("drill: " + fault);
            death.awaitEvent("DEAD");
            death.awaitEvent("recovered by the restart");
            death.assertRecovered();
            death.assertOtherUntouched();
        }
    }

    private static RawHttp.Response get(String path, String header) {
        return gatehouse.https(
                RawHttp.request(
                        "GET " + path + " HTTP/1.1",
                        "Host: localhost",
                        header,
                        "Connection: close"));
    }

    private static RawHttp.Response post(String path, String header) {
        return post(path, header, ConnectorName.HTTPS);
    }

    private static RawHttp.Response post(String path, String header, ConnectorName by) {
        String request =
                RawHttp.request(
                        "POST " + path + " HTTP/1.1",
                        "Host: localhost",
                        header,
                        "Content-Length: 0",
                        "Connection: close");
        return by == ConnectorName.HTTP ? gatehouse.http(request) : gatehouse.https(request);
    }
}
