package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestAuthority;
import dev.gatehouse.testing.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A name whose certificate no client receives, while every other name is served. */
@ExtendWith(OutputCaptureExtension.class)
class UnservedNameTests {

    @TempDir Path folder;

    @Test
    void healthAndLogWhenHandshakesOfOneNameFailShowTheName(CapturedOutput output)
            throws IOException {
        TestAuthority authority = TestAuthority.root("authority");
        Issued shop = authority.issue("shop.test");
        shop.writeTo(folder, shop.certificate(), authority.certificate());
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        "gatehouse.tls.check-interval=50ms",
                        "gatehouse.tls.certificates[0].names=ok.shop.test,shop.test",
                        "gatehouse.tls.certificates[0].certificate=" + folder.resolve("tls.crt"),
                        "gatehouse.tls.certificates[0].private-key=" + folder.resolve("tls.key"))) {
            HealthIndicator health =
                    gatehouse
                            .context()
                            .getBean("certificateHealthIndicator", HealthIndicator.class);
            await().until(() -> details(health).contains("onWire=CN=shop.test"));

            breakShop(gatehouse);

            await().until(() -> details(health).contains("trouble=not-served"));
            assertThat(details(health)).contains("reason=shop.test: no handshake succeeds");
            assertThat(output).containsPattern("WARN .*Certificate 'site-0' is not served");
        }
    }

    private static String details(HealthIndicator health) {
        return String.valueOf(Objects.requireNonNull(health.health()).getDetails().get("site-0"));
    }

    /** Has the connector accept no cipher suite for the name. */
    private void breakShop(RunningGatehouse gatehouse) {
        SSLHostConfig config = new SSLHostConfig();
        config.setHostName("shop.test");
        config.setProtocols("TLSv1.2");
        config.setCiphers("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"); // the key is ECDSA
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(folder.resolve("tls.crt").toString());
        certificate.setCertificateKeyFile(folder.resolve("tls.key").toString());
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
