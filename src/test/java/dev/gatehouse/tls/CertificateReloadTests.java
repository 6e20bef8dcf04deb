package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Secrets swapped under a running Gatehouse, good ones and bad ones. */
@ParameterizedClass
@ValueSource(strings = {"jsse", "conscrypt"})
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit starts them
class CertificateReloadTests {

    @TempDir static Path folder;

    private static RunningGatehouse gatehouse;
    private static KubernetesSecret secret;
    private static TestCertificate served;

    @Parameter String engine;

    @BeforeParameterizedClassInvocation
    static void start(String engine) throws IOException {
        Path mount = java.nio.file.Files.createDirectory(folder.resolve(engine));
        served = TestCertificate.forNames("localhost");
        secret = KubernetesSecret.in(mount, served);
        gatehouse =
                RunningGatehouse.start(
                        Stream.concat(
                                        Stream.of(TestCertificate.properties(mount)),
                                        Stream.of(
                                                "gatehouse.tls.engine=" + engine,
                                                "gatehouse.tls.check-interval=100ms",
                                                "spring.ssl.bundle.watch.file.quiet-period=100ms"))
                                .toArray(String[]::new));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        gatehouse.close();
    }

    @BeforeEach
    void serveAGoodPair() throws IOException {
        swapAndAwait(TestCertificate.forNames("localhost"));
    }

    @Test
    void keepHardeningWhenReloadedTenTimes() throws IOException {
        for (int i = 0; i < 10; i++) {
            swapAndAwait(TestCertificate.forNames("localhost"));
        }

        WireHardening.check(port());
    }

    @Test
    void keepOpenConnectionWhenReloaded() throws IOException {
        try (SSLSocket open = TlsClient.connect(port(), _ -> {})) {
            ping(open);

            swapAndAwait(TestCertificate.forNames("localhost"));

            ping(open);
        }
    }

    @Test
    void keepOldCertificateWhenKeyIsAnothers(CapturedOutput output) throws IOException {
        secret.swapMismatched(TestCertificate.forNames("a"), TestCertificate.forNames("b"));

        assertThatRefused(output, "the private key is not the certificate's");
    }

    @Test
    void keepOldCertificateWhenNewOneExpired(CapturedOutput output) throws IOException {
        secret.swap(TestCertificate.create(Instant.now().minusSeconds(3600), "localhost"));

        assertThatRefused(output, "the certificate expired at ");
    }

    @Test
    void keepOldCertificateWhenNewOneIsNotYetValid(CapturedOutput output) throws IOException {
        secret.swap(TestCertificate.create(Instant.now().plus(Duration.ofDays(9)), "localhost"));

        assertThatRefused(output, "the certificate is not valid before ");
    }

    @Test
    void keepOldCertificateWhenNewOneIsHalfWritten(CapturedOutput output) throws IOException {
        secret.swapHalfWritten(TestCertificate.forNames("localhost"));

        assertThatRefused(output, "the files cannot be read: ");
    }

    @Test
    void keepOldCertificateWhenFilesAreEmpty(CapturedOutput output) throws IOException {
        secret.swap("", "");

        assertThatRefused(output, "the files cannot be read: ");
    }

    @Test
    void serveNewCertificateWhenBadPairIsReplaced() throws IOException {
        secret.swap("", "");
        await().until(() -> RefusedReload.trouble(gatehouse) == 1);

        swapAndAwait(TestCertificate.forNames("localhost"));

        await().until(() -> RefusedReload.trouble(gatehouse) == 0);
    }

    private static void assertThatRefused(CapturedOutput output, String reason) throws IOException {
        RefusedReload.await(gatehouse, output, reason);
        assertThat(TlsClient.leaf(port())).isEqualTo(served.certificate());
    }

    private static void swapAndAwait(TestCertificate next) throws IOException {
        double before = counter();
        secret.swap(next);
        await().until(() -> TlsClient.leaf(port()).equals(next.certificate()));
        await().until(() -> counter() > before);
        served = next;
    }

    private static double counter() {
        return gatehouse
                .bean(MeterRegistry.class)
                .get("gatehouse.tls.reload")
                .tag("outcome", "taken")
                .functionCounter()
                .count();
    }

    private static int port() {
        return gatehouse.port(ConnectorName.HTTPS);
    }

    private static void ping(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(
                        RawHttp.request("GET /ping HTTP/1.1", "Host: localhost")
                                .getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int read = socket.getInputStream().read(answer);
        assertThat(new String(answer, 0, read, StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 200");
    }
}
