package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The wire is the truth: what if it shows another certificate than the bundle has. */
@ExtendWith(OutputCaptureExtension.class)
class CertificateWatchTests {

    @TempDir Path folder;

    @Test
    void reportAndRepairWhenWireShowsAnotherCertificate(CapturedOutput output) throws IOException {
        TestCertificate.forNames("localhost").writeTo(folder);
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        TestCertificate.properties(folder)[0],
                        TestCertificate.properties(folder)[1],
                        "gatehouse.tls.check-interval=100ms")) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            X509Certificate right = TlsClient.leaf(port);

            serveAnotherBehindTheBundlesBack(gatehouse);

            await().untilAsserted(
                            () ->
                                    assertThat(output)
                                            .containsPattern(
                                                    "WARN .*Certificate 'site' was reloaded, but"
                                                            + " clients get another one"));
            await().until(() -> TlsClient.leaf(port).equals(right));
            await().untilAsserted(() -> assertThat(output).contains("'site' is on the wire now"));
            assertThat(
                            gatehouse
                                    .bean(MeterRegistry.class)
                                    .get("gatehouse.tls.reload")
                                    .tag("outcome", "not-on-wire")
                                    .functionCounter()
                                    .count())
                    .isPositive();
        }
    }

    private void serveAnotherBehindTheBundlesBack(RunningGatehouse gatehouse) throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        TestCertificate.forNames("other.test").writeTo(other);
        SSLHostConfig config = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(other.resolve("tls.crt").toString());
        certificate.setCertificateKeyFile(other.resolve("tls.key").toString());
        config.addCertificate(certificate);
        ((AbstractHttp11Protocol<?>)
                        gatehouse
                                .connectors()
                                .get(ConnectorName.HTTPS)
                                .tomcat()
                                .getProtocolHandler())
                .addSslHostConfig(config, true);
    }
}
