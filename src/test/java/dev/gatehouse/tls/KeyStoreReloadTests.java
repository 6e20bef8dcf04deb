package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Key stores swapped under a running Gatehouse as Kubernetes does, good ones and bad ones. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit starts them
class KeyStoreReloadTests {

    private static final String FILE = "keystore.p12";

    @TempDir static Path mount;

    private static RunningGatehouse gatehouse;
    private static KubernetesSecret secret;

    @BeforeAll
    static void start() throws IOException {
        TestCertificate first = TestCertificate.forNames("first.test");
        secret = KubernetesSecret.of(mount, FILE, TestKeyStore.bytes("PKCS12", first));
        gatehouse =
                RunningGatehouse.start(
                        "spring.ssl.bundle.jks.site.keystore.location=" + mount.resolve(FILE),
                        "spring.ssl.bundle.jks.site.keystore.password=" + TestKeyStore.PASSWORD,
                        "gatehouse.tls.check-interval=100ms",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms");
        assertThat(leaf()).isEqualTo(first.certificate());
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void serveNewCertificateWhenTheFileIsSwapped() throws IOException {
        swapAndAwait("PKCS12", TestCertificate.forNames("ecdsa.test"));
        swapAndAwait("PKCS12", TestCertificate.rsaForNames("rsa.test"));
        swapAndAwait("JKS", TestCertificate.forNames("jks.test"));

        WireHardening.check(gatehouse.port(ConnectorName.HTTPS));
        assertThat(gatehouse.bean(ServedCertificate.class).names().dnsNames())
                .containsExactly("jks.test");
        assertThat(gatehouse.bean(ServedCertificate.class).isSelfSigned()).isFalse();
    }

    @Test
    void keepOldCertificateWhenTheNewPasswordIsAnother(CapturedOutput output) throws IOException {
        TestCertificate served = TestCertificate.forNames("good.test");
        swapAndAwait("PKCS12", served);

        secret.swap(
                FILE,
                TestKeyStore.ofType("PKCS12")
                        .with("site", TestCertificate.forNames("new.test"), "another")
                        .bytes("another"));

        RefusedReload.await(gatehouse, output, "cannot be opened with its password");
        assertThat(leaf()).isEqualTo(served.certificate());
        assertThat(output).doesNotContain(TestKeyStore.PASSWORD);
    }

    @Test
    void keepOldCertificateWhenTheNewStoreIsHalfWrittenOrExpired(CapturedOutput output)
            throws IOException {
        TestCertificate served = TestCertificate.forNames("whole.test");
        swapAndAwait("PKCS12", served);
        byte[] whole = TestKeyStore.bytes("PKCS12", TestCertificate.forNames("half.test"));

        secret.swap(FILE, Arrays.copyOf(whole, whole.length / 2));
        RefusedReload.await(
                gatehouse, output, "is not a key store that can be read (it ends too early)");

        secret.swap(
                FILE,
                TestKeyStore.bytes(
                        "PKCS12",
                        TestCertificate.create(Instant.now().minusSeconds(3600), "old.test")));
        RefusedReload.await(gatehouse, output, "the certificate expired at ");
        assertThat(leaf()).isEqualTo(served.certificate());
    }

    private static void swapAndAwait(String type, TestCertificate next) throws IOException {
        secret.swap(FILE, TestKeyStore.bytes(type, next));
        await().until(() -> leaf().equals(next.certificate()));
    }

    private static X509Certificate leaf() throws IOException {
        return TlsClient.leaf(gatehouse.port(ConnectorName.HTTPS));
    }
}
