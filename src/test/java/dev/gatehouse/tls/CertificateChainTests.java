package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestAuthority;
import dev.gatehouse.testing.TestAuthority.Issued;
import dev.gatehouse.tls.engine.EngineChoice;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Chains as people paste them together, at the start and at a reload. */
@ExtendWith(OutputCaptureExtension.class)
class CertificateChainTests {

    private final TestAuthority root = TestAuthority.root("root");
    private final TestAuthority intermediate = root.intermediate("intermediate");
    private final Issued leaf = intermediate.issue("site.test");
    private final Map<String, X509Certificate> byName =
            Map.of(
                    "leaf", leaf.certificate(),
                    "inter", intermediate.certificate(),
                    "root", root.certificate(),
                    "unrelated", TestAuthority.root("unrelated").certificate());

    private final TlsEngine engine = EngineChoice.JSSE.choose();
    private final SslProperties ssl = new SslProperties();

    @TempDir Path folder;

    private PemSslBundleProperties files() {
        PemSslBundleProperties pem = new PemSslBundleProperties();
        pem.getKeystore().setCertificate(folder.resolve("tls.crt").toString());
        pem.getKeystore().setPrivateKey(folder.resolve("tls.key").toString());
        ssl.getBundle().getPem().put("site", pem);
        return pem;
    }

    private void write(String names) throws IOException {
        leaf.writeTo(
                folder,
                List.of(names.split("-")).stream()
                        .map(byName::get)
                        .toArray(X509Certificate[]::new));
    }

    private List<X509Certificate> certificates(String names) {
        return List.of(names.split("-")).stream().map(byName::get).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "leaf-inter, leaf-inter",
        "leaf, leaf",
        "leaf-inter-root, leaf-inter-root",
        "leaf-leaf-inter, leaf-inter",
        "leaf-root-inter, leaf-inter-root",
        "leaf-inter-unrelated, leaf-inter",
        "leaf-unrelated, leaf",
        "leaf-unrelated-inter, leaf-inter",
        "leaf-inter-inter, leaf-inter",
    })
    void chainWhenInAnyOrderIsServedInOrderAtStartAndAfterReload(String given, String served)
            throws IOException {
        PemSslBundleProperties pem = files();
        write("leaf-inter");
        CheckedSslBundles bundles =
                new CheckedSslBundles(
                        new ServedBundles(List.of(new ServedBundle("site", List.of())), true),
                        ssl,
                        new CertificateCheck(engine, Clock.systemUTC()),
                        new ReloadRecord(Clock.systemUTC(), _ -> {}));
        bundles.registerBundle("site", PropertiesSslBundle.get(pem));
        write(given);

        PemFiles.ofBundle("site", pem).check(engine, null);
        assertThat(PemFiles.ofBundle("site", pem).read().chain())
                .as("at the start")
                .isEqualTo(certificates(served));

        bundles.updateBundle("site", PropertiesSslBundle.get(pem));
        assertThat(bundles.chain("site")).as("reloaded").isEqualTo(certificates(served));
    }

    @Test
    void chainWhenItHoldsUnrelatedCertificateIsWarnedOf(CapturedOutput output) throws IOException {
        PemSslBundleProperties pem = files();
        write("leaf-inter-unrelated");

        PemFiles.ofBundle("site", pem).check(engine, null);

        assertThat(output)
                .containsPattern("WARN .*tls.crt holds certificates that are not in the chain of")
                .contains("are not sent: [CN=unrelated]");
    }

    @Test
    void chainWhenSelfSignedTwiceIsServedOnce() {
        X509Certificate own = root.certificate();

        assertThat(new CertificateAndKey(List.of(own, own), leaf.keyPair().getPrivate()).chain())
                .containsExactly(own);
    }
}
