package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AccessLogSwitchTests {

    private static final String REQUEST =
            RawHttp.request("GET /?seen=switch HTTP/1.1", "Host: localhost");

    @Test
    void writeNothingWhenDisabled(CapturedOutput output) {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start("gatehouse.access-log.enabled=false")) {
            assertThat(gatehouse.https(REQUEST).status()).isEqualTo(200);
        }
        assertThat(output).doesNotContain("seen=switch");
    }

    @Test
    void writeLastLinesWhenStoppedAndNameTrustedClient(CapturedOutput output) {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        "gatehouse.access-log.format=combined",
                        "server.forward-headers-strategy=native")) {
            gatehouse.https(
                    RawHttp.request(
                            "GET /?seen=switch HTTP/1.1",
                            "Host: localhost",
                            "X-Forwarded-For: 203.0.113.7"));
        }
        await().untilAsserted(
                        () ->
                                assertThat(output)
                                        .containsPattern(
                                                "203.0.113.7 - - \\[[^]]+] \"GET /\\?seen=switch"
                                                        + " HTTP/1.1\" 200 \\d+ \"-\" \"-\""));
    }
}
