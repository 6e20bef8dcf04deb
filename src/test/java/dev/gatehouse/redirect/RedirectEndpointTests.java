package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

class RedirectEndpointTests {

    private static final String AUTHORIZATION =
            "Authorization: Basic "
                    + Base64.getEncoder()
                            .encodeToString("user:operator".getBytes(StandardCharsets.US_ASCII));

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "spring.security.user.password=operator",
                        "gatehouse.redirect.https-port=443",
                        "gatehouse.redirect.hosts=www.example.com",
                        "gatehouse.exemptions.networks=10.1.0.0/16",
                        "gatehouse.exemptions.paths=/hooks/**",
                        "gatehouse.gateways[0].name=rapidapi",
                        "gatehouse.gateways[0].header=X-Proxy-Secret",
                        "gatehouse.gateways[0].secrets=" + TestPolicy.SECRET);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void showsPolicyInForceWhenNothingIsAsked() {
        json("").extractingPath("mode").isEqualTo("enforce");
        json("").extractingPath("names.source").isEqualTo("configured");
        json("").extractingPath("names.names[0]").isEqualTo("www.example.com");
        json("").extractingPath("rules[*].rule")
                .asArray()
                .containsExactly(
                        "ping",
                        "gateway:rapidapi",
                        "tls",
                        "loopback",
                        "networks",
                        "paths",
                        "trusted-proxies",
                        "request-form",
                        "kube-probe",
                        "site-names",
                        "https");
        json("").extractingPath("rules[4].configured").isEqualTo("10.1.0.0/16");
        json("").extractingPath("hsts").isEqualTo("not sent: the certificate is self-signed");
        json("").extractingPath("decisions.https['served tls']").asNumber().isNotNull();
    }

    @Test
    void explainsDecisionWhenRequestIsNamed() {
        JsonContentAssert json =
                json("?url=http://www.example.com/a%3Fb=c&method=POST&peer=198.51.100.1");

        json.extractingPath("outcome").isEqualTo("redirected");
        json.extractingPath("reason").isEqualTo("https-required");
        json.extractingPath("status").isEqualTo(308);
        json.extractingPath("location").isEqualTo("https://www.example.com/a?b=c");
        json.extractingPath("rules[*].rule")
                .asArray()
                .containsExactly(
                        "ping",
                        "gateway:rapidapi",
                        "tls",
                        "loopback",
                        "networks",
                        "paths",
                        "trusted-proxies",
                        "request-form",
                        "kube-probe",
                        "site-names",
                        "https");
        json.extractingPath("rules[4].why").isEqualTo("the socket's peer is in none of them");
        json.extractingPath("rules[10].matched").isEqualTo(true);
    }

    @Test
    void saysThatRestWasNotAskedWhenEarlyRuleDecides() {
        JsonContentAssert json = json("?url=http://any.example/&peer=10.1.2.3");

        json.extractingPath("outcome").isEqualTo("served");
        json.extractingPath("reason").isEqualTo("network");
        json.extractingPath("rules[4].matched").isEqualTo(true);
        json.extractingPath("rules[9].why").isEqualTo("not asked: an earlier rule decided");
    }

    @Test
    void takesHeadersAsTheyAreWhenSeveralAreNamedOrOneHasComma() {
        json("?url=http://www.example.com/&header=User-Agent:%20kube-probe/1&header=X:%20y")
                .extractingPath("reason")
                .isEqualTo("kube-probe");
        json("?url=http://www.example.com/&header=X-Proxy-Secret:%20a,b")
                .extractingPath("rules[1].why")
                .isEqualTo("the gateway's header does not hold its secret");
        json("?url=http://ignored.example/&header=Host:%20www.example.com")
                .extractingPath("location")
                .isEqualTo("https://www.example.com/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?url=/path",
                "?url=ftp://www.example.com/",
                "?url=http://www.example.com/&peer=somebody",
                "?url=http://www.example.com/&header=nothing"
            })
    void answers400WhenQuestionMakesNoSense(String question) {
        assertThat(get(question).status()).isEqualTo(400);
    }

    @Test
    void needsPassword() {
        Response response =
                gatehouse.https(
                        RawHttp.request("GET /actuator/redirect HTTP/1.1", "Host: localhost"));

        assertThat(response.status()).isEqualTo(401);
    }

    private static JsonContentAssert json(String question) {
        Response response = get(question);
        assertThat(response.status()).isEqualTo(200);
        String body = response.body();
        return new JsonContentAssert(
                new JsonContent(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1)));
    }

    private static Response get(String question) {
        return gatehouse.https(
                RawHttp.request(
                        "GET /actuator/redirect" + question + " HTTP/1.1",
                        "Host: localhost",
                        AUTHORIZATION));
    }
}
