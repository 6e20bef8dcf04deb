package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RunningGatehouse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.boot.test.system.CapturedOutput;
import tools.jackson.databind.json.JsonMapper;

/** What a server says of a certificate that it does not take: in the log, a metric and health. */
final class RefusedReload {

    private RefusedReload() {}

    static void await(RunningGatehouse gatehouse, CapturedOutput output, String reason) {
        Pattern warning =
                Pattern.compile(
                        "WARN .*Certificate 'site' was not reloaded, the old one is still served"
                                + " and the files are tried again: .*"
                                + Pattern.quote(reason));
        Awaitility.await().untilAsserted(() -> assertThat(output).containsPattern(warning));
        Awaitility.await().until(() -> trouble(gatehouse) == 1);
        assertThat(
                        gatehouse
                                .bean(JsonMapper.class)
                                .writeValueAsString(
                                        gatehouse.bean(CertificateHealthIndicator.class).health()))
                .contains("\"trouble\":\"refused\"", reason);
        assertThat(output).doesNotContain("ERROR", "\tat ");
    }

    static double trouble(RunningGatehouse gatehouse) {
        return gatehouse
                .bean(MeterRegistry.class)
                .get("gatehouse.tls.certificate.trouble")
                .tag("certificate", "site")
                .gauge()
                .value();
    }
}
