package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ForwardedClientsTests {

    private static final String PROXY = "192.0.2.10";
    private static final String GATEWAY = "198.51.100.1";

    private static final Gateway API =
            new Gateway(
                    "api",
                    "X-Secret",
                    new GatewaySecrets("api", List.of(), List.of()),
                    networks("198.51.100.0/24"),
                    PathPatterns.parse("paths", List.of()),
                    List.of(),
                    null,
                    null);

    private final ForwardedClients clients =
            new ForwardedClients(new TrustedProxies(networks("192.0.2.0/24")));

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

        new GatewayPrincipal(API, 1).markOn(request);
        assertThat(clients.of(request, GATEWAY)).isEqualTo("203.0.113.7");
    }

    @Test
    void isAbsentWhenNoTrustedProxyNamesOne() {
        assertThat(clients.of(request, PROXY)).isNull();

        request.addHeader("X-Forwarded-For", "203.0.113.7");
        assertThat(clients.of(request, "203.0.113.1")).isNull();
        assertThat(
                        new ForwardedClients(new TrustedProxies(Networks.parse("", List.of())))
                                .of(request, PROXY))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "203.0.113.7:51008 | 203.0.113.7",
                "\"203.0.113.7:51008\" | 203.0.113.7",
                "\"203.0.113.7\" | 203.0.113.7",
                "203.0.113.7:_obf.us-cated | 203.0.113.7",
                "203.0.113.7, | 203.0.113.7",
                "203.0.113.7, , | 203.0.113.7",
                "203.0.113.7 ,,192.0.2.11:80 | 203.0.113.7",
                "2001:db8::7 | 2001:db8::7",
                "2001:DB8:0:0:0:0:0:7 | 2001:db8::7",
                "[2001:db8::7] | 2001:db8::7",
                "\"[2001:db8::7]\" | 2001:db8::7",
                "[2001:db8::7]:51008 | 2001:db8::7",
                "\"[2001:db8::7]:51008\" | 2001:db8::7",
                "[fe80::7%eth0] | fe80::7",
                "::ffff:203.0.113.7 | 203.0.113.7",
                "127.0.0.1, 203.0.113.7:1, [::ffff:192.0.2.11]:2 | 203.0.113.7"
            },
            delimiter = '|')
    void isTheAddressWhateverFormTheProxyWrites(String header, String client) {
        request.addHeader("X-Forwarded-For", header);

        assertThat(clients.of(request, PROXY)).isEqualTo(client);
    }

    @Test
    void readsEveryLineWhenTheHeaderComesTwice() {
        request.addHeader("X-Forwarded-For", "203.0.113.7:80,");
        request.addHeader("X-Forwarded-For", ", 192.0.2.11:443");

        assertThat(clients.of(request, PROXY)).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "unknown",
                "_hidden",
                "203.0.113",
                "203.0.113.7:",
                "203.0.113.7:123456",
                "203.0.113.7:80x",
                "203.0.113.7:80:80",
                "203.0.113.07",
                "[203.0.113.7]",
                "[2001:db8::7",
                "[2001:db8::7]51008",
                "[[2001:db8::7]]",
                "2001:db8::7]",
                "\"203.0.113.7",
                "www.example.com",
                "www.example.com:80"
            })
    void isAbsentWhenTheLastElementIsNoAddress(String header) {
        request.addHeader("X-Forwarded-For", "203.0.113.1, " + header);
        boolean isEmpty = header.replace(",", "").isEmpty();

        assertThat(clients.of(request, PROXY)).isEqualTo(isEmpty ? "203.0.113.1" : null);
    }

    private static Networks networks(String network) {
        return Networks.parse("networks", List.of(network));
    }
}
