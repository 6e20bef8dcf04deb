package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the redirect sees stays the same whatever strategy Spring Boot is told to use. */
class ForwardedHeadersTests {

    private static final String TO_A = "301 `https://www.example.com/a`";

    @ParameterizedTest
    @ValueSource(strings = {"none", "native", "framework"})
    void decidesBySocketWhenForwardedHeadersAreBelievedByOthers(String strategy) {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        "server.forward-headers-strategy=" + strategy,
                        "gatehouse.redirect.https-port=443",
                        "gatehouse.redirect.hosts=www.example.com")) {
            assertThat(answer(gatehouse, "www.example.com", "X-Forwarded-Proto: https"))
                    .isEqualTo(TO_A);
            assertThat(answer(gatehouse, "www.example.com", "X-Forwarded-Host: evil.example"))
                    .isEqualTo(TO_A);
            assertThat(answer(gatehouse, "www.example.com", "X-Forwarded-Prefix: /evil"))
                    .isEqualTo(TO_A);
            assertThat(answer(gatehouse, "www.example.com", "Forwarded: proto=https;host=evil"))
                    .isEqualTo(TO_A);
            assertThat(answer(gatehouse, "evil.example", "X-Forwarded-Host: www.example.com"))
                    .isEqualTo("421");
            assertThat(answer(gatehouse, "localhost", "X-Forwarded-For: 198.51.100.1"))
                    .as("a proxy on this machine, whose header RemoteIpValve takes away")
                    .isEqualTo("421");
            assertThat(answer(gatehouse, "localhost", "X-Forwarded-For: 127.0.0.1"))
                    .isEqualTo("421");
            assertThat(answer(gatehouse, "localhost", "Accept: */*")).isEqualTo("200");
        }
    }

    private static String answer(RunningGatehouse gatehouse, String host, String header) {
        return BadInput.textOf(
                        gatehouse.http(RawHttp.request("GET /a HTTP/1.1", "Host: " + host, header)))
                .replace("404", "200"); // served: the site has no /a
    }
}
