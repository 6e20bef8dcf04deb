package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Neither an expired nor an expiring certificate makes anybody restart the server. */
@ExtendWith(OutputCaptureExtension.class)
class ExpiredCertificateTests {

    @TempDir Path folder;

    @Test
    void takeReadinessAndKeepLivenessWhenExpired(CapturedOutput output) throws IOException {
        try (RunningGatehouse gatehouse = startWith(Instant.now().minusSeconds(60))) {
            assertThat(status(gatehouse, "readiness")).isEqualTo(503);
            await().until(() -> status(gatehouse, "liveness") == 200);
            assertThat(secondsLeft(gatehouse)).isNegative();
            await().untilAsserted(() -> assertThat(output).contains("has expired, and every"));
        }
    }

    @Test
    void keepReadinessWhenExpiring(CapturedOutput output) throws IOException {
        try (RunningGatehouse gatehouse = startWith(Instant.now().plus(Duration.ofHours(20)))) {
            assertThat(status(gatehouse, "readiness")).isEqualTo(200);
            assertThat(secondsLeft(gatehouse)).isBetween(71_000.0, 72_000.0);
            await().untilAsserted(() -> assertThat(output).contains("expires within 1 day:"));
        }
    }

    private RunningGatehouse startWith(Instant end) throws IOException {
        TestCertificate.create(end, "localhost").writeTo(folder);
        return RunningGatehouse.start(TestCertificate.properties(folder));
    }

    private static int status(RunningGatehouse gatehouse, String group) {
        return gatehouse
                .https(
                        RawHttp.request(
                                "GET /actuator/health/" + group + " HTTP/1.1", "Host: localhost"))
                .status();
    }

    private static double secondsLeft(RunningGatehouse gatehouse) {
        return gatehouse
                .bean(MeterRegistry.class)
                .get("gatehouse.tls.certificate.expires")
                .tag("certificate", "site")
                .timeGauge()
                .value();
    }
}
