package dev.gatehouse.security;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the actuator tells everybody, and what it tells the monitoring user. */
@ExtendWith(OutputCaptureExtension.class)
class ActuatorAccessTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "spring.security.user.name=operator",
                        "spring.security.user.password=correct-horse");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/liveness", "/readiness"})
    void healthWithoutCredentialsIsTheStatusAlone(String group) {
        await().untilAsserted(
                        () -> {
                            Response answer = get("/actuator/health" + group);
                            assertThat(answer.status()).isEqualTo(200);
                            assertThat(answer.body()).contains("\"UP\"").doesNotContain("details");
                            assertThat(answer.body()).doesNotContain("components");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/info",
                "/actuator/prometheus",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/shutdown",
                "/actuator/no-such-endpoint"
            })
    void endpointWithoutTheRightCredentialsIsRefused(String path) {
        assertThat(get(path).status()).isEqualTo(401);
        assertThat(get(path, credentials("operator", "wrong")).status()).isIn(401, 429);
    }

    @Test
    void healthWithCredentialsHasBothConnectors() {
        await().untilAsserted(
                        () ->
                                assertThat(get("/actuator/health/liveness", operator()).body())
                                        .contains("\"http\"", "\"https\"", "\"ALIVE\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic b3BlcmF0b3I6d3Jvbmc=",
                "Authorization: Basic x",
                "Authorization: Basic",
                "Authorization: Bearer x",
                "Accept: text/plain",
                "Accept: text/html",
                "Accept: image/*",
                "Accept: application/json;q=0",
                "Accept: not a media type",
                "Accept: text/html, application/xhtml+xml, image/png;q=0.8"
            })
    void healthWithUselessHeadersIsTheStatusAlone(String header, CapturedOutput output) {
        for (String path : List.of("", "/liveness", "/readiness")) {
            Response answer = get("/actuator/health" + path, header);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type").orElseThrow()).endsWith("json");
            assertThat(answer.body()).contains("\"UP\"").doesNotContain("components", "details");
        }
        assertThat(output).doesNotContain("HttpMediaType", "WARN  o.s.w", "ERROR");
    }

    @Test
    void metricsWithCredentialsHaveConnectorsRequestsAndRedirects() {
        gatehouse.http(request("GET / HTTP/1.1", "Host: localhost", "Via: 1.1 proxy"));

        assertThat(get("/actuator/prometheus", operator()).body())
                .contains(
                        "gatehouse_connector_alive{connector=\"http\"} 1.0",
                        "gatehouse_connector_alive{connector=\"https\"} 1.0",
                        "gatehouse_connector_requests_total{connector=\"http\"}",
                        "gatehouse_connector_requests_total{connector=\"https\"}",
                        "gatehouse_redirect_decisions_total{connector=\"http\",outcome=\"redirected\",reason=\"https-required\"}")
                .doesNotContain("spring_security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/heapdump", "/actuator/beans"})
    void endpointWhenNotExposedIsNotFoundWithCredentials(String path) {
        assertThat(get(path, operator()).status()).isEqualTo(404);
    }

    /** A browser adds the password that it remembers, whatever site's page sends the form. */
    @ParameterizedTest
    @CsvSource({
        "POST, cross-site, true",
        "POST, same-site, true",
        "DELETE, cross-site, true",
        "POST, same-origin, false",
        "POST, none, false",
        "GET, cross-site, false"
    })
    void writeWhenAnotherSiteHasABrowserSendItIsForbidden(
            String method, String site, boolean forbidden) {
        Response answer =
                gatehouse.https(
                        request(
                                method + " /actuator/info HTTP/1.1",
                                "Host: localhost",
                                operator(),
                                "Sec-Fetch-Site: " + site,
                                "Content-Length: 0"));

        assertThat(answer.status() == 403).isEqualTo(forbidden);
    }

    @Test
    void infoWithCredentialsNamesTheBuild() {
        assertThat(get("/actuator/info", operator()).body()).contains("\"artifact\":\"gatehouse\"");
    }

    @Test
    void actuatorUnderAnotherPathNeedsCredentials() {
        try (RunningGatehouse moved =
                RunningGatehouse.start(
                        "management.endpoints.web.base-path=/manage",
                        "spring.security.user.password=correct-horse")) {
            for (String path : List.of("/manage", "/manage/info", "/manage/prometheus")) {
                assertThat(moved.https(request("GET " + path + " HTTP/1.1", "Host: a")).status())
                        .isEqualTo(401);
            }
            assertThat(moved.https(request("GET /manage/health HTTP/1.1", "Host: a")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void passwordWhenNotConfiguredIsNotGenerated(CapturedOutput output) {
        try (RunningGatehouse without = RunningGatehouse.start()) {
            assertThat(
                            without.https(
                                            request(
                                                    "GET /actuator/info HTTP/1.1",
                                                    "Host: localhost",
                                                    credentials("user", "")))
                                    .status())
                    .isEqualTo(401);
        }
        assertThat(output)
                .contains("of the actuator, health alone can be reached")
                .doesNotContain("generated security password");
    }

    private static Response get(String path, String... headers) {
        String extra = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
        return gatehouse.https(request("GET " + path + " HTTP/1.1", "Host: localhost" + extra));
    }

    private static String operator() {
        return credentials("operator", "correct-horse");
    }

    private static String credentials(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Test
    void browserWithoutAPasswordGetsAPageInPlainWords() {
        Response page =
                gatehouse.https(
                        request(
                                "GET /actuator/env HTTP/1.1",
                                "Host: localhost",
                                "Accept: text/html"));

        assertThat(page.status()).isEqualTo(401);
        assertThat(page.body()).contains("<h1>This page needs a password</h1>");
    }
}
