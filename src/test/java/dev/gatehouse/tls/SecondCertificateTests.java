package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tls.engine.EngineChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One name with an ECDSA and an RSA certificate. */
class SecondCertificateTests {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt"})
    void serveWhatTheClientCanVerifyWhenThereAreTwo(String engine) throws IOException {
        Path ecdsaFolder = Files.createDirectory(folder.resolve("ecdsa"));
        Path rsaFolder = Files.createDirectory(folder.resolve("rsa"));
        TestCertificate rsa = TestCertificate.rsaForNames("localhost");
        rsa.writeTo(rsaFolder);
        TestCertificate.forNames("localhost").writeTo(ecdsaFolder);
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        Stream.concat(
                                        Stream.of(TestCertificate.properties(ecdsaFolder)),
                                        Stream.of(
                                                "gatehouse.tls.certificates[0].certificate="
                                                        + rsaFolder.resolve("tls.crt"),
                                                "gatehouse.tls.certificates[0].private-key="
                                                        + rsaFolder.resolve("tls.key"),
                                                "gatehouse.tls.engine=" + engine,
                                                "gatehouse.tls.check-interval=100ms",
                                                "spring.ssl.bundle.watch.file.quiet-period=100ms"))
                                .toArray(String[]::new))) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            assertThat(leaf(port, SecondCertificateTests::rsaAlone)).isEqualTo(rsa.certificate());
            assertThat(leaf(port, SecondCertificateTests::oldRsaAlone))
                    .isEqualTo(rsa.certificate());
            assertThat(leaf(port, SecondCertificateTests::ecdsaAlone).getPublicKey().getAlgorithm())
                    .isEqualTo("EC");

            TestCertificate newRsa = TestCertificate.rsaForNames("localhost");
            newRsa.writeTo(rsaFolder);
            await().until(
                            () ->
                                    leaf(port, SecondCertificateTests::rsaAlone)
                                            .equals(newRsa.certificate()));

            TestCertificate newEcdsa = TestCertificate.forNames("localhost");
            newEcdsa.writeTo(ecdsaFolder);
            await().until(
                            () ->
                                    leaf(port, SecondCertificateTests::ecdsaAlone)
                                            .equals(newEcdsa.certificate()));
            assertThat(leaf(port, SecondCertificateTests::rsaAlone))
                    .isEqualTo(newRsa.certificate());
            assertThat(gatehouse.bean(ReloadRecord.class).count(ReloadOutcome.NOT_ON_WIRE))
                    .isZero();
        }
    }

    @Test
    void rejectWhenTwoCertificatesHaveNoNames() {
        CertificateProperties noNames = new CertificateProperties(List.of(), "c", "k", null);

        assertThatThrownBy(
                        () ->
                                new TlsProperties(
                                        EngineChoice.AUTO,
                                        Duration.ofSeconds(1),
                                        List.of(noNames, noNames)))
                .hasMessage(
                        "gatehouse.tls.certificates[1].names = '' is not set, as it is not for"
                                + " another one.");
    }

    private static void ecdsaAlone(SSLParameters hello) {
        hello.setSignatureSchemes(
                new String[] {"ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384"});
    }

    private static void rsaAlone(SSLParameters hello) {
        hello.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"});
    }

    private static void oldRsaAlone(SSLParameters hello) {
        hello.setProtocols(new String[] {"TLSv1.2"});
        hello.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    }

    private static X509Certificate leaf(int port, Consumer<SSLParameters> hello)
            throws IOException {
        try (SSLSocket socket = TlsClient.connect(port, hello)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
