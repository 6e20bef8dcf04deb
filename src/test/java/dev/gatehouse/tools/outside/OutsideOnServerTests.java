package dev.gatehouse.tools.outside;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.LoadBalancer;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A whole server that looks at its own public address: through a load balancer, by a name that only
 * the test's resolver knows, without exemption.
 */
class OutsideOnServerTests {

    private static final String NAME = "www.gatehouse.test";
    private static final String ADDRESS = "127.0.0.71";
    private static final TestCertificate CERTIFICATE = TestCertificate.forNames(NAME);
    private static final LoadBalancer BALANCER = new LoadBalancer(ADDRESS);

    @TempDir private static Path folder;
    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        CERTIFICATE.writeTo(folder);
        List<String> properties = new ArrayList<>(List.of(TestCertificate.properties(folder)));
        properties.addAll(
                List.of(
                        "gatehouse.outside.url=https://" + NAME,
                        "gatehouse.outside.interval=200ms",
                        "gatehouse.outside.jitter=0s",
                        "gatehouse.status.look-interval=100ms",
                        "gatehouse.redirect.https-port=443",
                        "spring.security.user.name=operator",
                        "spring.security.user.password=for-this-test-alone"));
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {OpenedOutside.class}, properties.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
        BALANCER.close();
    }

    /** The guard, opened to the balancer for this test only: not found by a scan. */
    static class OpenedOutside {

        @Bean
        @Primary
        @Qualifier("unrestrictedOutboundClient")
        OutboundClient openedOutside() {
            return LoopbackOutboundClient.to(
                    Map.of(NAME, List.of(ADDRESS)),
                    Map.of(
                            ADDRESS + ":80", BALANCER.port(ConnectorName.HTTP),
                            ADDRESS + ":443", BALANCER.port(ConnectorName.HTTPS)),
                    List.of(CERTIFICATE.certificate()));
        }
    }

    @Test
    void outsideWhenTheNetworkIsCutIsDeadWhileTheConnectorsAreAlive() {
        BALANCER.leadTo(gatehouse::port);
        awaitStatus("/actuator/health/from-outside", 200);
        await().until(() -> status().contains("Both connectors are alive"));
        await().untilAsserted(
                        () ->
                                assertThat(metrics())
                                        .contains("gatehouse_outside_up{protocol=\"http\"} 1.0")
                                        .contains("gatehouse_outside_up{protocol=\"https\"} 1.0")
                                        .contains("gatehouse_outside_redirect_right 1.0")
                                        .containsPattern(
                                                "gatehouse_outside_certificate_remaining_seconds"
                                                        + " [1-9]")
                                        .containsPattern(
                                                "gatehouse_outside_duration_seconds [0-9]+\\.")
                                        .contains("gatehouse_status_contradiction 0.0"));

        BALANCER.cut();

        awaitStatus("/actuator/health/from-outside", 503);
        await().until(() -> status().contains("\"contradiction\":true"));
        assertThat(get("/actuator/health/liveness").status()).isEqualTo(200);
        await().untilAsserted(
                        () ->
                                assertThat(get("/status", "Accept: text/html").body())
                                        .contains(
                                                "id=\"said\">Inside says alive, outside says"
                                                        + " dead</p>")
                                        .contains(
                                                "<span class=\"dead\">Inside says alive, outside"
                                                        + " says dead</span>"));
        await().untilAsserted(
                        () ->
                                assertThat(metrics())
                                        .contains("gatehouse_outside_up{protocol=\"https\"} 0.0")
                                        .contains(
                                                "gatehouse_connector_alive{connector=\"https\"} 1.0")
                                        .contains(
                                                "gatehouse_connector_alive{connector=\"http\"} 1.0")
                                        .contains("gatehouse_status_contradiction 1.0"));

        BALANCER.leadTo(gatehouse::port);

        awaitStatus("/actuator/health/from-outside", 200);
        await().until(() -> status().contains("\"text\":\"From outside is alive\""));
        await().until(() -> status().contains("\"contradiction\":false"));
    }

    private static void awaitStatus(String path, int status) {
        await().until(() -> get(path).status() == status);
    }

    private static String status() {
        return get("/status", "Accept: application/json").body();
    }

    private static String metrics() {
        String user =
                Base64.getEncoder()
                        .encodeToString(
                                "operator:for-this-test-alone".getBytes(StandardCharsets.US_ASCII));
        return get("/actuator/prometheus", "Authorization: Basic " + user).body();
    }

    private static Response get(String path, String... headers) {
        String more = headers.length == 0 ? "X-Test: 1" : String.join("\r\n", headers);
        return gatehouse.https(request("GET " + path + " HTTP/1.1", "Host: " + NAME, more));
    }
}
