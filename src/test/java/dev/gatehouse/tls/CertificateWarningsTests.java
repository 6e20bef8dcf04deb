package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestAuthority;
import dev.gatehouse.testing.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CertificateWarningsTests {

    private static final Instant END = Instant.parse("2027-03-31T12:00:00Z");

    private final X509Certificate leaf = TestCertificate.create(END, "localhost").certificate();
    private final CertificateWarnings warnings = new CertificateWarnings();

    @Test
    void warnOnceAtEachThresholdWhenDaysPass(CapturedOutput output) {
        for (int hours = 40 * 24; hours > -48; hours--) {
            warnings.look("site", List.of(leaf), END.minus(Duration.ofHours(hours)));
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("Certificate 'site'")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("WARN").contains("within 30 days"),
                        line -> assertThat(line).contains("WARN").contains("within 14 days"),
                        line -> assertThat(line).contains("WARN").contains("within 7 days"),
                        line -> assertThat(line).contains("WARN").contains("within 3 days"),
                        line -> assertThat(line).contains("WARN").contains("within 1 day:"),
                        line -> assertThat(line).contains("ERROR").contains("has expired"));
    }

    @Test
    void warnAgainWhenAnotherCertificateEndsSoon(CapturedOutput output) {
        Instant now = END.minus(Duration.ofDays(2));
        warnings.look("site", List.of(leaf), now);
        warnings.look("site", List.of(TestCertificate.create(END, "localhost").certificate()), now);

        assertThat(output.getOut().lines().filter(line -> line.contains("within 3 days")))
                .hasSize(2);
    }

    @Test
    void sayNothingWhenEndIsFar(CapturedOutput output) {
        warnings.look("site", List.of(leaf), END.minus(Duration.ofDays(31)));

        assertThat(output).doesNotContain("expires");
    }

    private final TestAuthority authority = TestAuthority.root("Private CA");

    @Test
    void warnOnceWhenCertificateNamesNoHost(CapturedOutput output) {
        X509Certificate commonNameOnly =
                authority.issue("site.test", null, "EC", "secp256r1").certificate();
        List<X509Certificate> chain = List.of(commonNameOnly, authority.certificate());
        warnings.look("site", chain, Instant.now());
        warnings.look("site", chain, Instant.now());

        assertThat(output.getOut().lines())
                .singleElement()
                .asString()
                .contains("WARN", "Certificate 'site' names no host", "CN=site.test");
    }

    @Test
    void warnOnceWhenIssuersCertificateIsMissing(CapturedOutput output) {
        List<X509Certificate> chain = List.of(authority.issue("site.test").certificate());
        warnings.look("site", chain, Instant.now());
        warnings.look("site", chain, Instant.now());

        assertThat(output.getOut().lines())
                .singleElement()
                .asString()
                .contains("WARN", "without the certificate of its issuer, 'CN=Private CA'");
    }

    @Test
    void sayNothingWhenChainIsComplete(CapturedOutput output) {
        X509Certificate leaf60 = authority.issue("site.test").certificate();
        warnings.look("site", List.of(leaf60, authority.certificate()), Instant.now());
        warnings.look("own", List.of(authority.certificate()), Instant.now());

        assertThat(output.getOut()).doesNotContain("issuer");
    }
}
