package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which certificate a client gets for the name that it asks for. */
@ExtendWith(OutputCaptureExtension.class)
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
            await().until(
                            () ->
                                    TlsClient.leaf(port, "shop.example.com")
                                            .equals(renewed.certificate()));
            assertThat(TlsClient.leaf(port)).isEqualTo(site.certificate());
        }
    }

    /** As browsers do that use one connection for two names (RFC 9113, 9.1.1). */
    @Test
    void serveAndLogWhenHostIsNotTheNameOfTheHello(CapturedOutput output) throws IOException {
        certificate("site", "*.example.com");
        certificate("shop", "shop.example.com");
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start(
                        Stream.concat(
                                        Stream.of(
                                                TestCertificate.properties(folder.resolve("site"))),
                                        more(0, "shop", "shop.example.com"))
                                .toArray(String[]::new))) {
            int port = gatehouse.port(ConnectorName.HTTPS);
            SNIServerName www = new SNIHostName("www.example.com");
            for (List<SNIServerName> names : List.of(List.of(www), List.<SNIServerName>of())) {
                try (SSLSocket socket =
                        TlsClient.connect(port, hello -> hello.setServerNames(names))) {
                    String request = RawHttp.request("GET / HTTP/1.1", "Host: shop.example.com");
                    assertThat(RawHttp.exchange(socket, request).status()).isEqualTo(200);
                }
            }
            for (Http2Frames http2 :
                    List.of(
                            Http2Frames.withServerName(port, "www.example.com"),
                            new Http2Frames(port))) {
                http2.get(1, "shop.example.com", "/");
                assertThat(http2.readStatus(1)).isEqualTo(200);
                http2.close();
            }
            await().until(
                            () ->
                                    output.getOut()
                                            .lines()
                                            .filter(line -> line.contains("gatehouse.access"))
                                            .filter(line -> line.contains("\"url.path\":\"/\""))
                                            .count(),
                            lines -> lines == 4);
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
