package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ForwardedClientsTests {

    private static final String PROXY = "192.0.2.10";
    private static final String GATEWAY = "198.51.100.1";

    private final ForwardedClients clients =
            new ForwardedClients(
                    new Gateways(
                            List.of(
                                    new Gateway(
                                            "api",
                                            "X-Secret",
                                            new GatewaySecrets("api", List.of(), List.of()),
                                            networks("198.51.100.0/24"),
                                            PathPatterns.parse("paths", List.of()),
                                            List.of()))),
                    new TrustedProxies(networks("192.0.2.0/24")));

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void isWhomTheTrustedProxyNamed() {
        request.addHeader("X-Forwarded-For", "127.0.0.1, 203.0.113.7, 192.0.2.11");

        assertThat(clients.of(request, PROXY)).isEqualTo("203.0.113.7");
    }

    @Test
    void isWhomTheGatewayNamedThatProvedItself() {
        request.addHeader("X-Forwarded-For", "127.0.0.1, 203.0.113.7, 198.51.100.2");
        assertThat(clients.of(request, GATEWAY)).isNull();

        new GatewayPrincipal("api", 1).markOn(request);
        assertThat(clients.of(request, GATEWAY)).isEqualTo("203.0.113.7");
    }

    @Test
    void isNobodyWhenNobodyTrustedSaysSo() {
        assertThat(clients.of(request, PROXY)).isNull();

        request.addHeader("X-Forwarded-For", "203.0.113.7");
        assertThat(clients.of(request, "203.0.113.1")).isNull();
        assertThat(ForwardedClients.ofNobody().of(request, PROXY)).isNull();
    }

    private static Networks networks(String network) {
        return Networks.parse("networks", List.of(network));
    }
}
