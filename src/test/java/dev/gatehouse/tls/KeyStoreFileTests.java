package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tls.engine.EngineChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.Ssl;

/** The key stores that a site's certificate is read from, and what is said of one that is wrong. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets it
class KeyStoreFileTests {

    private static final String PASSWORD = TestKeyStore.PASSWORD;
    private static final String LOCATION = "spring.ssl.bundle.jks.site.keystore.location";

    @TempDir Path folder;

    private final JksSslBundleProperties bundle = new JksSslBundleProperties();

    @ParameterizedTest
    @CsvSource({"PKCS12,", "PKCS12, PKCS12", "JKS, JKS", "JKS,"})
    void readWhenTheFileIsPkcs12OrJksReturnsTheCertificate(String type, String configured)
            throws IOException {
        TestCertificate certificate = TestCertificate.forNames("site.test");
        write(TestKeyStore.bytes(type, certificate));
        bundle.getKeystore().setType(configured);

        KeyStoreFile file = file();

        assertThat(file.read().leaf()).isEqualTo(certificate.certificate());
        assertThatNoException().isThrownBy(() -> file.check(EngineChoice.JSSE.choose(), null));
    }

    @Test
    void readWhenItIsMadeByKeytoolWithAnRsaKeyReturnsTheChain() throws Exception {
        Path store = folder.resolve("keytool.p12");
        keytool(store, "tomcat", "RSA");
        bundle.getKeystore().setLocation(store.toString());
        bundle.getKeystore().setPassword(PASSWORD);

        assertThat(file().read().kindOfKey()).isEqualTo("RSA");
    }

    @Test
    void readWhenThereAreTwoEntriesNeedsTheAlias() throws IOException {
        TestCertificate other = TestCertificate.rsaForNames("other.test");
        write(twoEntries(other));

        assertThatRefused(
                LOCATION,
                "has several entries with a private key, [one, other]",
                "Set spring.ssl.bundle.jks.site.key.alias to the one to serve.");

        bundle.getKey().setAlias("Other");
        assertThat(file().read().leaf()).isEqualTo(other.certificate());
    }

    @Test
    void readWhenTheAliasIsMissingNamesThoseThatAreThere() throws IOException {
        write(twoEntries(TestCertificate.forNames("other.test")));
        bundle.getKey().setAlias("site");

        assertThatRefused(
                "spring.ssl.bundle.jks.site.key.alias = 'site'",
                "with a private key",
                "It has [one, other]");
    }

    @Test
    void readWhenThePasswordIsWrongOrMissingNamesItsProperty() throws IOException {
        write(TestKeyStore.bytes("PKCS12", TestCertificate.forNames("site.test")));
        String property = "spring.ssl.bundle.jks.site.keystore.password";

        bundle.getKeystore().setPassword("wrong-password");
        assertThatRefused(LOCATION, "cannot be opened with its password", property);

        bundle.getKeystore().setPassword(null);
        assertThatRefused(LOCATION, "has no private key with a certificate", property);
    }

    @Test
    void readWhenTheKeyHasAPasswordOfItsOwnNeedsIt() throws IOException {
        TestCertificate certificate = TestCertificate.forNames("site.test");
        write(TestKeyStore.ofType("JKS").with("site", certificate, "own").bytes(PASSWORD));

        assertThatRefused(
                LOCATION,
                "has an entry 'site' whose key cannot be opened",
                "Set spring.ssl.bundle.jks.site.key.password");

        bundle.getKey().setPassword("own");
        assertThat(file().read().leaf()).isEqualTo(certificate.certificate());
    }

    @Test
    void readWhenItIsATrustStoreSaysSo() throws IOException {
        write(
                TestKeyStore.ofType("PKCS12")
                        .withTrusted("ca", TestCertificate.forNames("ca.test"))
                        .bytes(PASSWORD));

        assertThatRefused(LOCATION, "has no private key with a certificate", "is a trust store");
    }

    @Test
    void readWhenTheFileIsMissingOrNoKeyStoreNamesIt() throws IOException {
        write("-----BEGIN CERTIFICATE-----".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatRefused(LOCATION, "is not a key store that can be read", "PKCS#12 or JKS");

        bundle.getKeystore().setLocation(folder.resolve("nowhere.p12").toString());
        assertThatRefused(LOCATION, "nowhere.p12' cannot be read", "Check that the file is there");

        bundle.getKeystore().setLocation(folder.toString());
        assertThatRefused(LOCATION, "is not a key store that can be read (Is a directory)", "");

        bundle.getKeystore().setType("NOSUCH");
        assertThatRefused(LOCATION, "(NOSUCH ", "spring.ssl.bundle.jks.site.keystore.type");

        bundle.getKeystore().setLocation("");
        assertThatRefused(LOCATION, "is not set, though", "Set it to the path");
    }

    @Test
    void readWhenTheStoreIsInThePropertyDoesNotTellIt() {
        byte[] store = TestKeyStore.bytes("PKCS12", TestCertificate.forNames("site.test"));
        String text = Base64.getEncoder().encodeToString(store);
        bundle.getKeystore().setPassword("wrong-password");

        bundle.getKeystore().setLocation("base64:" + text);
        assertThatRefused(LOCATION, "(base64 text)' cannot be opened with its password", "");

        bundle.getKeystore().setLocation("base64:" + text.substring(0, 41) + "?");
        assertThatRefused(LOCATION, "(base64 text)' is not a key store that can be read", "");
    }

    @Test
    void retryWhenTheFileHasChangedUnseenReadsItAgain() throws IOException {
        write(TestKeyStore.bytes("PKCS12", TestCertificate.forNames("old.test")));
        SslProperties ssl = new SslProperties();
        ssl.getBundle().getJks().put("site", bundle);
        CheckedSslBundles bundles =
                new CheckedSslBundles(
                        new ServedBundles(List.of(new ServedBundle("site", List.of())), true),
                        ssl,
                        new CertificateCheck(EngineChoice.JSSE.choose(), Clock.systemUTC()),
                        new ReloadRecord(Clock.systemUTC(), _ -> {}));
        bundles.registerBundle("site", PropertiesSslBundle.get(bundle));
        TestCertificate next = TestCertificate.forNames("new.test");
        write(TestKeyStore.bytes("PKCS12", next));

        bundles.retry("site");

        assertThat(bundles.leaf("site")).isEqualTo(next.certificate());
    }

    @Test
    void keepOneBundleWhenBothKindsAreConfiguredStopsTheStart() {
        SslProperties ssl = new SslProperties();
        PemSslBundleProperties pem = new PemSslBundleProperties();
        ssl.getBundle().getPem().put("site", pem);
        Ssl server = new Ssl();
        server.setTrustStore("/clients.p12");
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> SiteKeyStore.keepOneBundle(ssl, server))
                .withMessageContaining("is not read without server.ssl.key-store");

        server.setKeyStore("/store.p12");
        pem.getKeystore().setCertificate("/tls.crt");
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> SiteKeyStore.keepOneBundle(ssl, server))
                .withMessageContaining(
                        "spring.ssl.bundle.pem.site.keystore.certificate = '/tls.crt' is set beside"
                                + " server.ssl.key-store");

        bundle.getKeystore().setLocation("/other.p12");
        ssl.getBundle().getJks().put("site", bundle);
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> SiteKeyStore.keepOneBundle(ssl, server))
                .withMessageContaining("is set beside spring.ssl.bundle.jks.site");
    }

    @Test
    void keepOneBundleWhenServerSslHasOptionsServesWithThem() {
        SslProperties ssl = new SslProperties();
        PemSslBundleProperties pem = new PemSslBundleProperties();
        pem.getOptions().setCiphers(Set.of("packaged"));
        pem.getOptions().setEnabledProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        ssl.getBundle().getPem().put("site", pem);
        Ssl server = new Ssl();
        server.setEnabledProtocols(new String[] {"TLSv1.3"});

        SiteKeyStore.keepOneBundle(ssl, server);
        assertThat(SiteBundle.of(ssl)).isEqualTo(SiteBundle.SELF_SIGNED);
        assertThat(pem.getOptions().getEnabledProtocols()).containsExactly("TLSv1.3");

        server.setKeyStore("classpath:store.p12");
        SiteKeyStore.keepOneBundle(ssl, server);
        assertThat(SiteBundle.of(ssl)).isEqualTo(SiteBundle.CONFIGURED);
        assertThat(SiteBundle.properties(ssl).getOptions().getEnabledProtocols())
                .containsExactly("TLSv1.3");
        assertThat(SiteBundle.properties(ssl).getOptions().getCiphers())
                .containsExactly("packaged");
        assertThat(SiteBundle.properties(ssl).isReloadOnUpdate()).isFalse();
    }

    @Test
    void startWhenServerSslNamesAKeyStoreServesTheEntryOfItsAlias() throws Exception {
        Path store = folder.resolve("keytool.p12");
        keytool(store, "tomcat", "EC");
        keytool(store, "other", "RSA");
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        "server.ssl.key-store=file:" + store,
                        "server.ssl.key-store-password=" + PASSWORD,
                        "server.ssl.key-store-type=PKCS12",
                        "server.ssl.key-alias=TomCat", // a key store's names have no case
                        "gatehouse.tls.engine=jsse",
                        "server.ssl.enabled-protocols=TLSv1.3")) {
            int port = gatehouse.port(ConnectorName.HTTPS);

            assertThat(TlsClient.leaf(port).getSubjectX500Principal().getName())
                    .isEqualTo("CN=tomcat");
            assertThatThrownBy(
                            () ->
                                    TlsClient.connect(
                                            port,
                                            hello -> hello.setProtocols(new String[] {"TLSv1.2"})))
                    .isInstanceOf(IOException.class);
            try (SSLSocket socket = TlsClient.connect(port, _ -> {})) {
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
        }
    }

    @Test
    void checkWhenThePasswordIsWrongStopsWithOneMessage(CapturedOutput output) throws Exception {
        Path store = folder.resolve("keytool.p12");
        keytool(store, "tomcat", "EC");

        assertCheckFails(
                "--server.ssl.key-store=" + store,
                "--server.ssl.key-store-password=wrong-password");

        assertThat(output)
                .contains(
                        "server.ssl.key-store = '"
                                + store
                                + "' cannot be opened with its password.",
                        "Set server.ssl.key-store-password to the password that the file was made"
                                + " with.")
                .doesNotContain("\tat ", "wrong-password");
    }

    @Test
    void checkWhenTheTrustStoreCannotBeOpenedNamesIt(CapturedOutput output) throws Exception {
        Path store = folder.resolve("keytool.p12");
        keytool(store, "tomcat", "EC");

        assertCheckFails(
                "--server.ssl.key-store=" + store,
                "--server.ssl.key-store-password=" + PASSWORD,
                "--server.ssl.trust-store=" + store,
                "--server.ssl.trust-store-password=wrong-password",
                "--server.ssl.client-auth=need");

        assertThat(output)
                .contains("server.ssl.trust-store = '" + store + "' cannot be read (")
                .doesNotContain("\tat ", "wrong-password", PASSWORD);
    }

    private static void assertCheckFails(String... arguments) {
        String[] all =
                Stream.concat(
                                Stream.of("--check", "--server.port=0", "--gatehouse.http.port=0"),
                                Stream.of(arguments))
                        .toArray(String[]::new);
        assertThatThrownBy(() -> GatehouseApplication.main(all));
    }

    private void write(byte[] store) throws IOException {
        Path file = folder.resolve("keystore");
        Files.write(file, store);
        bundle.getKeystore().setLocation(file.toString());
        bundle.getKeystore().setPassword(PASSWORD);
    }

    private static byte[] twoEntries(TestCertificate other) {
        return TestKeyStore.ofType("PKCS12")
                .with("one", TestCertificate.forNames("one.test"), PASSWORD)
                .with("other", other, PASSWORD)
                .bytes(PASSWORD);
    }

    private KeyStoreFile file() {
        return KeyStoreFile.ofBundle("site", bundle);
    }

    private void assertThatRefused(String property, String problem, String remedy) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> file().read())
                .withMessageStartingWith(property)
                .withMessageContaining(problem)
                .satisfies(
                        ex -> {
                            assertThat(ex.remedy()).contains(remedy);
                            assertThat(ex)
                                    .hasMessageNotContaining(PASSWORD)
                                    .hasMessageNotContaining("wrong-password");
                        });
    }

    private static void keytool(Path store, String alias, String algorithm) throws Exception {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=" + alias,
                                "-ext",
                                "SAN=dns:" + alias + ".test",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }
}
