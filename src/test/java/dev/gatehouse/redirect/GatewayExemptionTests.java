package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.TestGateways;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayExemptionTests {

    private static final String GIVEN = "X-Proxy-Secret: " + TestPolicy.SECRET;
    private static final String WRONG = "301 https://www.example.com/a/b (wrong-gateway-secret)";
    private static final String LIMITS = "301 https://www.example.com/a/b (gateway-limits)";

    private final RedirectPolicy policy = TestPolicy.of(TestGateways.gateway());

    @Test
    void servesGatewayByNameWhenItGivesItsSecret() {
        assertThat(DecisionText.of(policy, Facts.plain().with(GIVEN)))
                .isEqualTo("served (gateway) gateway:rapidapi 1");
        assertThat(DecisionText.of(policy, Facts.plain().at("anything.example").with(GIVEN)))
                .isEqualTo("served (gateway) gateway:rapidapi 1");
        assertThat(DecisionText.of(policy, Facts.tls().with(GIVEN)))
                .isEqualTo("served (gateway) gateway:rapidapi 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong-wrong-wrong-wrong",
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789abcdef",
                "0123456789abcdef0123456789abcdef,0123456789abcdef0123456789abcdef",
                "x, 0123456789abcdef0123456789abcdef"
            })
    void saysSoWhenSecretIsWrong(String secret) {
        assertThat(DecisionText.of(policy, Facts.plain().with("X-Proxy-Secret: " + secret)))
                .isEqualTo(WRONG);
    }

    @Test
    void saysSoWhenSecretIsRepeated() {
        assertThat(DecisionText.of(policy, Facts.plain().with(GIVEN, GIVEN))).isEqualTo(WRONG);
        assertThat(DecisionText.of(policy, Facts.plain().with("X-Proxy-Secret: x", GIVEN)))
                .isEqualTo(WRONG);
    }

    @Test
    void saysSoWhenSecretIsWrongThoughRequestIsServedOrRefused() {
        Facts wrong = Facts.tls().with("X-Proxy-Secret: wrong");

        assertThat(DecisionText.of(policy, wrong)).isEqualTo("served (wrong-gateway-secret)");
        assertThat(
                        DecisionText.of(
                                policy, Facts.plain().at("10.1.2.3").with("X-Proxy-Secret: wrong")))
                .isEqualTo("421 (wrong-gateway-secret)");
    }

    @Test
    void redirectsWhenThereIsNoSecret() {
        assertThat(DecisionText.of(policy, Facts.plain()))
                .isEqualTo("301 https://www.example.com/a/b (https-required)");
    }

    @Test
    void tellsWhichSecretWasGivenWhenItIsBeingRotated() {
        RedirectPolicy rotating =
                TestPolicy.of(TestGateways.gateway("secrets[1]=" + TestPolicy.NEXT_SECRET));

        assertThat(DecisionText.of(rotating, Facts.plain().with(GIVEN))).endsWith("rapidapi 1");
        assertThat(
                        DecisionText.of(
                                rotating,
                                Facts.plain().with("X-Proxy-Secret: " + TestPolicy.NEXT_SECRET)))
                .endsWith("rapidapi 2");
    }

    @Test
    void redirectsWhenPeerIsNotInGatewaysNetworks() {
        RedirectPolicy limited = TestPolicy.of(TestGateways.gateway("networks=198.51.100.0/24"));

        assertThat(DecisionText.of(limited, Facts.plain().from("198.51.100.5").with(GIVEN)))
                .startsWith("served (gateway)");
        assertThat(DecisionText.of(limited, Facts.plain().with(GIVEN))).isEqualTo(LIMITS);
    }

    @Test
    void redirectsWhenPathIsNotOneOfTheGateways() {
        RedirectPolicy limited = TestPolicy.of(TestGateways.gateway("paths=/a/**"));

        assertThat(DecisionText.of(limited, Facts.plain().with(GIVEN)))
                .startsWith("served (gateway)");
        for (String path : new String[] {"/b", "/a/../b", "/a/..;/b", "/a/%2e%2e/b"}) {
            assertThat(DecisionText.of(limited, Facts.plain().of(path).with(GIVEN)))
                    .isEqualTo("301 https://www.example.com" + path + " (gateway-limits)");
        }
    }

    @Test
    void triesEachWhenTwoGatewaysShareHeader() {
        RedirectPolicy two =
                TestPolicy.of(
                        "gatehouse.gateways[0].name=one",
                        "gatehouse.gateways[0].header=X-Proxy-Secret",
                        "gatehouse.gateways[0].secrets=" + TestPolicy.SECRET,
                        "gatehouse.gateways[1].name=two",
                        "gatehouse.gateways[1].header=X-Proxy-Secret",
                        "gatehouse.gateways[1].secrets=" + TestPolicy.NEXT_SECRET);

        assertThat(
                        DecisionText.of(
                                two,
                                Facts.plain().with("X-Proxy-Secret: " + TestPolicy.NEXT_SECRET)))
                .isEqualTo("served (gateway) gateway:two 1");
        assertThat(DecisionText.of(two, Facts.plain().with("X-Proxy-Secret: none")))
                .isEqualTo(WRONG);
    }
}
