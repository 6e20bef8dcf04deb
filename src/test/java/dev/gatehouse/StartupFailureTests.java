package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A mistake in the configuration stops the start, and the message says what to do. */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

    @TempDir private Path folder;

    @Test
    void startWhenTheHttpPortIsInUseNamesConnectorAndPort(CapturedOutput output)
            throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();

            assertStartFails("gatehouse.http.port=" + port);

            assertThat(output)
                    .contains(
                            "The HTTP connector cannot listen on any address, port %d: Address already in use."
                                    .formatted(port))
                    .contains(
                            "Find the process that holds it (ss -ltnp 'sport = :%d') and stop it, or set gatehouse.http.port to another port, or use the profile 'local' (8443 and 8080)."
                                    .formatted(port));
        }
    }

    @Test
    void startWhenTheHttpsPortIsInUseNamesConnectorAndAddress(CapturedOutput output)
            throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = other.getLocalPort();

            assertStartFails("server.address=127.0.0.1", "server.port=" + port);

            assertThat(output)
                    .contains(
                            "The HTTPS connector cannot listen on address 127.0.0.1, port %d: Address already in use."
                                    .formatted(port))
                    .contains("set server.port to another port");
        }
    }

    @Test
    void startWhenNoInterfaceHasTheAddressSaysSo(CapturedOutput output) {
        assertStartFails("server.address=192.0.2.1");

        assertThat(output)
                .contains("cannot listen on address 192.0.2.1, port 0: Cannot assign")
                .contains("No interface of this machine has that address");
    }

    @Test
    void startWhenBothConnectorsHaveOnePortSaysSo(CapturedOutput output) {
        assertStartFails("server.port=18443", "gatehouse.http.port=18443");

        assertThat(output)
                .contains("gatehouse.http.port = '18443' is the port of the HTTPS connector too.")
                .contains("Give gatehouse.http.port and server.port different ports.");
    }

    @Test
    void startWhenThePortIsNoneSaysSo(CapturedOutput output) {
        assertStartFails("gatehouse.http.port=99999");

        assertThat(output)
                .contains("gatehouse.http.port = '99999' is not a port.")
                .contains("Set it to a number from 1 to 65535, or to 0 for any free port.");
    }

    @Test
    void startWhenTlsIsTurnedOffSaysSo(CapturedOutput output) {
        assertStartFails("server.ssl.enabled=false");

        assertThat(output)
                .contains(
                        "server.ssl.enabled = 'false' would make a plain connector of the HTTPS"
                                + " one.")
                .contains("plain HTTP has a connector of its own, gatehouse.http.port.");
    }

    @Test
    void startWhenTheCertificateIsMissingNamesTheFile(CapturedOutput output) {
        assertStartFails(TestCertificate.properties(folder));

        assertThat(output)
                .contains(
                        "spring.ssl.bundle.pem.site.keystore.certificate = '%s' cannot be read"
                                .formatted(folder.resolve("tls.crt")))
                .contains("Check that the file is there and that user");
    }

    @Test
    void startWhenTheCertificateIsNotPemNamesTheFile(CapturedOutput output) throws IOException {
        TestCertificate.forNames("site.test").writeTo(folder);
        Files.writeString(folder.resolve("tls.crt"), "not a certificate");

        assertStartFails(TestCertificate.properties(folder));

        assertThat(output)
                .contains(folder.resolve("tls.crt") + "' has no certificate in PEM form.")
                .contains("the site's own certificate first");
    }

    @Test
    void startWhenTheKeyIsNotPemNamesTheFile(CapturedOutput output) throws IOException {
        TestCertificate.forNames("site.test").writeTo(folder);
        Files.writeString(folder.resolve("tls.key"), "not a key");

        assertStartFails(TestCertificate.properties(folder));

        assertThat(output).contains(folder.resolve("tls.key") + "' has no private key in PEM form");
    }

    @Test
    void startWhenTheKeyIsAnotherCertificatesNamesBothFiles(CapturedOutput output)
            throws IOException {
        TestCertificate.forNames("other.test").writeTo(folder);
        byte[] otherKey = Files.readAllBytes(folder.resolve("tls.key"));
        TestCertificate.forNames("site.test").writeTo(folder);
        Files.write(folder.resolve("tls.key"), otherKey);

        assertStartFails(TestCertificate.properties(folder));

        assertThat(output)
                .contains(
                        "spring.ssl.bundle.pem.site.keystore.private-key = '%s' is not the key of the certificate in %s."
                                .formatted(folder.resolve("tls.key"), folder.resolve("tls.crt")))
                .contains("Give both files of the same pair");
    }

    @Test
    void startWhenOnlyTheKeyIsConfiguredNamesTheOther(CapturedOutput output) throws IOException {
        TestCertificate.forNames("site.test").writeTo(folder);

        assertStartFails(TestCertificate.properties(folder)[1]);

        assertThat(output)
                .contains(
                        "spring.ssl.bundle.pem.site.keystore.certificate = '' is not set, though"
                                + " the other half of the pair is.");
    }

    @Test
    void startWhenTheSiteIsMissingNamesThePath(CapturedOutput output) {
        assertStartFails("gatehouse.site.root=file:" + folder.resolve("nowhere"));

        assertThat(output)
                .contains(
                        "gatehouse.site.root = 'file:%1$s/' is not a folder: %1$s."
                                .formatted(folder.resolve("nowhere")));
    }

    @Test
    void startWhenASecretIsShortDoesNotTellIt(CapturedOutput output) {
        assertStartFails(
                "gatehouse.gateways[0].name=gateway",
                "gatehouse.gateways[0].header=X-Secret",
                "gatehouse.gateways[0].secrets[0]=hunter2");

        assertThat(output).contains("openssl rand -hex 32").doesNotContain("hunter2");
    }

    /** README's snippet, with the variable unset. */
    @Test
    void startWhenASecretsVariableIsNotSetSaysSo(CapturedOutput output) {
        assertStartFails(
                "gatehouse.gateways[0].name=rapidapi",
                "gatehouse.gateways[0].header=X-RapidAPI-Proxy-Secret",
                "gatehouse.gateways[0].secrets[0]=${RAPIDAPI_SECRET}");

        assertThat(output)
                .contains(
                        "gatehouse.gateways[0].secrets[0] = '${RAPIDAPI_SECRET}' has a placeholder"
                                + " without a value, ${RAPIDAPI_SECRET}.")
                .contains("Set the environment variable or property RAPIDAPI_SECRET")
                .doesNotContain("\tat ");
    }

    @Test
    void startWhenAPropertyIsUnknownNamesTheNearest(CapturedOutput output) {
        assertStartFails("gatehouse.redirect.host=www.example.com");

        assertThat(output)
                .contains(
                        "gatehouse.redirect.host = 'www.example.com' is not a property of"
                                + " Gatehouse.")
                .contains("Did you mean gatehouse.redirect.hosts?")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gatehouse.redirect.mode | enforced | one of enforce, report-only, off",
                "gatehouse.tls.engine | boring | one of auto, jsse, conscrypt",
                "gatehouse.redirect.hsts.max-age | 1year |"
                        + " a duration such as 500ms, 2s, 15m, 12h or 365d",
                "gatehouse.http.port | abc | a whole number such as 8443",
                "gatehouse.redirect.permanent | maybe | true or false",
                "gatehouse.site.max-file-in-memory | big | a size such as 512KB or 1MB"
            })
    void startWhenAValueIsOfAnotherTypeSaysWhatIsAllowed(
            String property, String value, String allowed, CapturedOutput output) {
        assertStartFails(property + "=" + value);

        assertThat(output)
                .contains("%s = '%s' is not %s.".formatted(property, value, allowed))
                .contains("Set it to " + allowed + ".")
                .doesNotContain("\tat ");
    }

    private static void assertStartFails(String... properties) {
        assertThatThrownBy(() -> RunningGatehouse.start(properties).close())
                .isInstanceOf(Exception.class);
    }
}
