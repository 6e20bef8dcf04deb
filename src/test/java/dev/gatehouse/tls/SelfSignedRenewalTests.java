package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SelfSignedRenewalTests {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();

    @Test
    void nameFingerprintOnceWhenRegistered(CapturedOutput output) throws Exception {
        registrarAt(START).registerBundles(registry);

        assertThat(output).containsOnlyOnce(Certificates.fingerprint(leaf()));
    }

    @Test
    void renewWhenEndIsNear(CapturedOutput output) throws Exception {
        registrarAt(START).registerBundles(registry);
        X509Certificate first = leaf();
        Instant nearEnd = START.plus(SelfSignedCertificate.LIFETIME).minus(Duration.ofDays(29));

        registrarAt(nearEnd).renewIfDue(first, registry);

        assertThat(leaf().getNotAfter().toInstant()).isAfter(nearEnd.plus(Duration.ofDays(300)));
        assertThat(output).containsOnlyOnce(Certificates.fingerprint(leaf()));
    }

    @Test
    void keepWhenEndIsFar() throws Exception {
        registrarAt(START).registerBundles(registry);
        X509Certificate first = leaf();

        registrarAt(START.plus(Duration.ofDays(300))).renewIfDue(first, registry);

        assertThat(leaf()).isEqualTo(first);
    }

    @Test
    void serveAnotherWhenTheOneOnTheWireEndsSoon() throws Exception {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start("gatehouse.tls.check-interval=100ms")) {
            CheckedSslBundles bundles = gatehouse.bean(CheckedSslBundles.class);
            Instant nearlyOver =
                    Instant.now().minus(SelfSignedCertificate.LIFETIME).plus(Duration.ofDays(29));
            CertificateAndKey old =
                    SelfSignedCertificate.create(LocalNames.ofThisMachine(), nearlyOver);

            bundles.updateBundle(
                    "self-signed",
                    SslBundle.of(SslStoreBundle.of(old.keyStore(), "", null), SslBundleKey.NONE));

            await().until(
                            () ->
                                    TlsClient.leaf(gatehouse.port(ConnectorName.HTTPS))
                                            .getNotAfter()
                                            .toInstant()
                                            .isAfter(Instant.now().plus(Duration.ofDays(300))));
            assertThat(gatehouse.bean(ReloadRecord.class).count(ReloadOutcome.TAKEN)).isEqualTo(2);
        }
    }

    private X509Certificate leaf() throws UnusableCertificateException {
        return CertificateAndKey.of(registry.getBundle("self-signed")).leaf();
    }

    private static SelfSignedBundleRegistrar registrarAt(Instant now) {
        return new SelfSignedBundleRegistrar(
                new SslProperties(), null, Clock.fixed(now, ZoneOffset.UTC));
    }
}
