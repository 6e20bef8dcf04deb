package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestAuthority;
import dev.gatehouse.testing.TestAuthority.Issued;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Certificates with every kind of key: served, or refused with the reason before the start. */
@ExtendWith(OutputCaptureExtension.class)
class KeyKindTests {

    private final TestAuthority authority = TestAuthority.root("authority");

    @TempDir Path folder;

    private RunningGatehouse start(String algorithm, String curve, String engine)
            throws IOException {
        Issued issued = authority.issue("site.test", "site.test", algorithm, curve);
        issued.writeTo(folder, issued.certificate(), authority.certificate());
        return RunningGatehouse.start(
                Stream.concat(
                                Stream.of(TestCertificate.properties(folder)),
                                Stream.of("gatehouse.tls.engine=" + engine))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "EC, secp384r1, conscrypt",
        "EC, secp521r1, conscrypt",
        "RSA, '', conscrypt",
        "Ed25519, '', auto",
        "Ed448, '', auto",
        "RSASSA-PSS, '', auto",
    })
    void certificateWhenSomeEngineKnowsItsKindIsServed(
            String algorithm, String curve, String engine) throws IOException {
        try (RunningGatehouse gatehouse = start(algorithm, curve, engine)) {
            X509Certificate leaf = TlsClient.leaf(gatehouse.port(ConnectorName.HTTPS));

            assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=site.test");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Ed25519, '', conscrypt, (Ed25519) cannot be used with conscrypt",
        "Ed448, '', conscrypt, (Ed448) cannot be used with conscrypt",
        "RSASSA-PSS, '', conscrypt, (RSASSA-PSS) cannot be used with conscrypt",
        "EC, secp256k1, auto, (EC secp256k1) cannot be used with jsse",
        "EC, secp256k1, jsse, (EC secp256k1) cannot be used with jsse",
        "EC, brainpoolP256r1, auto, (EC brainpoolP256r1) cannot be used with jsse",
    })
    void startWhenEngineCannotServeKindOfKeyStopsWithPropertyFileAndReason(
            String algorithm, String curve, String engine, String reason) {
        assertThatThrownBy(() -> start(algorithm, curve, engine).close())
                .hasStackTraceContaining("spring.ssl.bundle.pem.site.keystore.certificate = '")
                .hasStackTraceContaining(folder.resolve("tls.crt").toString())
                .hasStackTraceContaining("this kind of key " + reason);
    }

    @Test
    void startWhenEngineIsSetAsideForKindOfKeySaysSo(CapturedOutput output) throws IOException {
        start("Ed25519", "", "auto").close();

        assertThat(output)
                .containsPattern("WARN .*TLS engine of the HTTPS connector: jsse in place of")
                .contains("this kind of key (Ed25519) cannot be used with conscrypt");
    }
}
