package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificate a client gets for the name that it asks for. */
class ServerNameTests {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jsse", "conscrypt"})
    void serveCertificateOfTheNameWhenClientAsksForIt(String engine) throws IOException {
        TestCertificate site = certificate("site", "localhost");
        TestCertificate shop = certificate("shop", "shop.example.com");
        TestCertificate wild = certificate("wild", "*.wild.example.com");
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        Stream.of(
                                        Stream.of(
                                                TestCertificate.properties(folder.resolve("site"))),
                                        more(0, "shop", "shop.example.com"),
                                        more(1, "wild", "*.wild.example.com"),
                                        Stream.of(
                                                "gatehouse.tls.engine=" + engine,
                                                "spring.ssl.bundle.watch.file.quiet-period=100ms"))
                                .flatMap(all -> all)
                                .toArray(String[]::new))) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            assertThat(TlsClient.leaf(port)).isEqualTo(site.certificate());
            assertThat(TlsClient.leaf(port, "unknown.test")).isEqualTo(site.certificate());
            assertThat(TlsClient.leaf(port, "shop.example.com")).isEqualTo(shop.certificate());
            assertThat(TlsClient.leaf(port, "a.wild.example.com")).isEqualTo(wild.certificate());
            assertThat(TlsClient.leaf(port, "a.b.wild.example.com")).isEqualTo(site.certificate());
            assertThat(gatehouse.bean(ServedCertificate.class).names().dnsNames())
                    .contains("localhost", "shop.example.com", "*.wild.example.com");

            TestCertificate renewed = certificate("shop", "shop.example.com");
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    TlsClient.leaf(port, "shop.example.com")
                                            .equals(renewed.certificate()));
            assertThat(TlsClient.leaf(port)).isEqualTo(site.certificate());
        }
    }

    @Test
    void rejectWhenNameIsNoDnsName() {
        assertThatThrownBy(
                        () ->
                                new CertificateProperties(List.of("a", "Shop"), "c", "k", null)
                                        .check("p[0]"))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage("p[0].names[1] = 'Shop' is not a DNS name in lower case.");
    }

    @Test
    void rejectWhenTwoCertificatesShareAName() throws IOException {
        certificate("site", "localhost");
        assertThatThrownBy(
                        () ->
                                RunningGatehouse.start(
                                                Stream.concat(
                                                                more(0, "site", "a.test"),
                                                                more(1, "site", "a.test"))
                                                        .toArray(String[]::new))
                                        .close())
                .rootCause()
                .hasMessage(
                        "gatehouse.tls.certificates[1].names = 'a.test' is a name of"
                                + " gatehouse.tls.certificates[0] too.");
    }

    @Test
    void nameThePropertyWhenFileIsMissing() {
        assertThatThrownBy(
                        () ->
                                RunningGatehouse.start(
                                                more(0, "none", "a.test").toArray(String[]::new))
                                        .close())
                .hasStackTraceContaining("gatehouse.tls.certificates[0].certificate = '");
    }

    private TestCertificate certificate(String name, String dnsName) throws IOException {
        TestCertificate certificate = TestCertificate.forNames(dnsName);
        certificate.writeTo(Files.createDirectories(folder.resolve(name)));
        return certificate;
    }

    private Stream<String> more(int index, String name, String dnsName) {
        String prefix = "gatehouse.tls.certificates[" + index + "].";
        return Stream.of(
                prefix + "names=" + dnsName,
                prefix + "certificate=" + folder.resolve(name).resolve("tls.crt"),
                prefix + "private-key=" + folder.resolve(name).resolve("tls.key"));
    }
}
