package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An API gateway's requests as the site sees them, and what becomes of its secret. */
@ExtendWith(OutputCaptureExtension.class)
class GatewayRequestTests {

    private static final String SECRET = "X-Proxy-Secret: " + TestPolicy.SECRET;

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path next = Files.writeString(folder.resolve("next"), TestPolicy.NEXT_SECRET + "\n");
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {WhoAmI.class},
                        "gatehouse.exemptions.loopback=false",
                        "gatehouse.redirect.hosts=www.example.com",
                        "gatehouse.gateways[0].name=rapidapi",
                        "gatehouse.gateways[0].header=X-Proxy-Secret",
                        "gatehouse.gateways[0].secrets=" + TestPolicy.SECRET,
                        "gatehouse.gateways[0].secret-files=" + next,
                        "gatehouse.gateways[0].user-headers=X-Proxy-User",
                        "spring.security.user.password=operator");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void isServedAsPrincipalWithoutItsSecretWhenSecretIsRight() {
        Response response =
                get(
                        "/whoami",
                        SECRET,
                        "X-Forwarded-For: 6.6.6.6, 198.51.100.9",
                        "X-Proxy-User: ann");

        assertThat(response.body())
                .startsWith("gateway:rapidapi from 198.51.100.9, user ann, secret null, headers [")
                .doesNotContainIgnoringCase("x-proxy-secret");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "203.0.113.7:51008 | 203.0.113.7",
                "\"[2001:db8::7]\" | 2001:db8::7",
                "[2001:db8:0:0:0:0:0:7]:443 | 2001:db8::7",
                "203.0.113.7, | 203.0.113.7"
            },
            delimiter = '|')
    void isServedAsTheClientWhateverFormItsAddressHas(String forwarded, String client) {
        assertThat(get("/whoami", SECRET, "X-Forwarded-For: " + forwarded).body())
                .startsWith("gateway:rapidapi from " + client + ",");
    }

    @Test
    void isServedByPeersAddressWhenItForwardsNoClient() {
        assertThat(get("/whoami", SECRET).body()).startsWith("gateway:rapidapi from 127.0.0.1,");
        assertThat(get("/whoami", SECRET, "X-Forwarded-For: nonsense").body())
                .startsWith("gateway:rapidapi from 127.0.0.1,");
    }

    @Test
    void isAnonymousWithoutHeadersWhenSecretIsWrong() {
        Response response =
                gatehouse.https(
                        RawHttp.request(
                                "GET /whoami HTTP/1.1",
                                "Host: www.example.com",
                                "X-Proxy-Secret: wrong",
                                "X-Forwarded-For: 198.51.100.9",
                                "X-Proxy-User: ann"));

        assertThat(response.body())
                .startsWith("nobody from 127.0.0.1, user null, secret null, headers [");
    }

    @Test
    void hasNoBusinessInTheActuatorWhenSecretIsRight() {
        assertThat(get("/actuator/redirect", SECRET).status()).isEqualTo(401);
        assertThat(get("/actuator/health", SECRET).body()).doesNotContain("components");
    }

    @Test
    void countsWrongSecretsAndWhichRightOneWasGiven() {
        get("/", "X-Proxy-Secret: wrong");
        get("/", SECRET);
        get("/", "X-Proxy-Secret: " + TestPolicy.NEXT_SECRET);

        assertThat(scrape())
                .containsPattern(
                        "gatehouse_redirect_decisions_total\\{connector=\"http\","
                                + "outcome=\"redirected\",reason=\"wrong-gateway-secret\"} [1-9]")
                .containsPattern(
                        "gatehouse_redirect_decisions_total\\{connector=\"http\","
                                + "outcome=\"served\",reason=\"gateway\"} [1-9]")
                .containsPattern(
                        "gatehouse_gateway_requests_total\\{gateway=\"rapidapi\",secret=\"1\"}"
                                + " [1-9]")
                .containsPattern(
                        "gatehouse_gateway_requests_total\\{gateway=\"rapidapi\",secret=\"2\"}"
                                + " [1-9]");
    }

    @Test
    void showsSecretNowhereWhenAnythingIsAsked(CapturedOutput output) {
        String question =
                "/actuator/redirect?url=http://www.example.com/&header=X-Proxy-Secret:" + "wrong";
        Response refused = getAt("evil.example", SECRET + "0");

        assertThat(
                        refused
                                + get("/", SECRET + "0").toString()
                                + get("/", SECRET, SECRET)
                                + get("/none", SECRET)
                                + get("/fails", SECRET)
                                + asOperator(question)
                                + asOperator("/actuator/redirect")
                                + scrape()
                                + output)
                .contains("wrong-gateway-secret")
                .doesNotContain(TestPolicy.SECRET)
                .doesNotContain(TestPolicy.NEXT_SECRET);
    }

    private static Response get(String path, String... headers) {
        return send(path, "www.example.com", headers);
    }

    private static Response getAt(String host, String... headers) {
        return send("/", host, headers);
    }

    private static Response send(String path, String host, String... headers) {
        return gatehouse.http(
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\n"
                        + String.join("\r\n", headers)
                        + (headers.length == 0 ? "\r\n" : "\r\n\r\n"));
    }

    private static String scrape() {
        return asOperator("/actuator/prometheus");
    }

    private static String asOperator(String path) {
        String credentials =
                Base64.getEncoder()
                        .encodeToString("user:operator".getBytes(StandardCharsets.US_ASCII));
        Response response =
                gatehouse.https(
                        RawHttp.request(
                                "GET " + path + " HTTP/1.1",
                                "Host: localhost",
                                "Authorization: Basic " + credentials));
        assertThat(response.status()).isEqualTo(200);
        return response.body();
    }
}
