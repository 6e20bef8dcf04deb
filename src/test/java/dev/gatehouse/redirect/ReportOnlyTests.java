package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Report-only mode serves everybody, and tells whom enforcing would have caught. */
@ExtendWith(OutputCaptureExtension.class)
class ReportOnlyTests {

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.start(
                        "gatehouse.redirect.mode=report-only",
                        "gatehouse.redirect.hosts=www.example.com");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void servesAndCountsByClientAndMethodWhenPolicyWouldCatch(CapturedOutput output) {
        assertThat(status("GET", "www.example.com")).isEqualTo(200);
        assertThat(status("GET", "evil.example")).isEqualTo(200);
        assertThat(status("DELETE", "www.example.com")).isNotIn(308, 421, 500);
        assertThat(status("BREW", "www.example.com")).isLessThan(500);
        assertThat(status("GET", "10.1.2.3", "User-Agent: kube-probe/1.34")).isEqualTo(200);
        assertThat(status("GET", "api.example", "X-RapidAPI-Proxy-Secret: s")).isEqualTo(200);
        assertThat(status("GET", "localhost")).isEqualTo(200);

        assertThat(reported("loopback", "GET")).isEqualTo(2);
        assertThat(reported("loopback", "DELETE")).isEqualTo(1);
        assertThat(reported("loopback", "OTHER")).isEqualTo(1);
        assertThat(reported("kube-probe", "GET")).isEqualTo(1);
        assertThat(reported("gateway-like", "GET")).isEqualTo(1);
        assertThat(decisions("would-redirect", "https-required")).isEqualTo(3);
        assertThat(decisions("would-refuse", "unknown-host")).isEqualTo(2);
        assertThat(decisions("would-refuse", "kube-probe")).isEqualTo(1);
        assertThat(output)
                .containsOnlyOnce("Report only: a request of class loopback would have been")
                .contains(
                        "Report only: a request of class loopback would have been redirected"
                                + " (https-required): GET / of host www.example.com from 127.0.0.1")
                .containsOnlyOnce("Report only: a request of class kube-probe")
                .containsOnlyOnce("Report only: a request of class gateway-like");
    }

    private static int status(String method, String host, String... headers) {
        String head = method + " / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
        String rest = headers.length == 0 ? "\r\n" : String.join("\r\n", headers) + "\r\n\r\n";
        return RawHttp.plain(
                        gatehouse.port(dev.gatehouse.connector.ConnectorName.HTTP), head + rest)
                .status();
    }

    private static double reported(String client, String method) {
        return gatehouse
                .bean(MeterRegistry.class)
                .get("gatehouse.redirect.reported")
                .tags("client", client, "method", method)
                .counter()
                .count();
    }

    private static double decisions(String outcome, String reason) {
        return gatehouse
                .bean(MeterRegistry.class)
                .get("gatehouse.redirect.decisions")
                .tags("connector", "http", "outcome", outcome, "reason", reason)
                .counter()
                .count();
    }
}
