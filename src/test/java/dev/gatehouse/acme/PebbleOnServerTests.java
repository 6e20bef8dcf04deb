package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.FreePort;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tls.ObtainedCertificate;
import dev.gatehouse.tls.ServedCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole server against pebble, from the first start to renewals and a second start. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PebbleOnServerTests {

    @TempDir static Path folder;
    private static Pebble pebble;
    private static AcmeProxy proxy;
    private static RunningGatehouse gatehouse;
    private static String[] properties;
    private static final AtomicBoolean held = new AtomicBoolean(true);

    @BeforeAll
    static void start() {
        int httpPort = FreePort.next();
        pebble = Pebble.start(folder, httpPort, Duration.ofDays(90));
        proxy = AcmeProxy.before(pebble, folder);
        proxy.intercept(
                (request, forward) -> {
                    if (request.step().equals("newOrder")) {
                        await().until(() -> !held.get());
                    }
                    return forward.get();
                });
        properties =
                new String[] {
                    "gatehouse.http.port=" + httpPort,
                    "gatehouse.redirect.https-port=443",
                    "gatehouse.state-directory=" + folder.resolve("state"),
                    "gatehouse.acme.domains=site.test,www.site.test",
                    "gatehouse.acme.terms-of-service-agreed=true",
                    "gatehouse.acme.directory=" + proxy.directory(),
                    "gatehouse.acme.trusted-ca=" + proxy.trustedCa()
                };
        gatehouse = RunningGatehouse.start(properties);
    }

    @AfterAll
    static void stop() {
        if (gatehouse != null) {
            gatehouse.close();
        }
        if (proxy != null) {
            proxy.close();
            pebble.close();
        }
    }

    @Test
    @Order(1)
    void servesAtOnceWithSelfSignedCertificateWhileOrderRuns() {
        await().until(() -> !proxy.requests("newOrder").isEmpty());

        RawHttp.Response secure = gatehouse.https(get("/ping"));
        assertThat(secure.status()).isEqualTo(200);
        assertThat(secure.header("Strict-Transport-Security")).isEmpty();
        assertThat(gatehouse.http(get("/page")).header("Location"))
                .contains("https://site.test/page");
        assertThat(gatehouse.http(get("/.well-known/acme-challenge/unknown-token")).status())
                .isEqualTo(404);
        assertThat(health()).containsEntry("acme", "pending");
        assertThat(report().state()).isEqualTo("pending");
    }

    @Test
    @Order(2)
    void servesTrustedCertificateWhenItCame() throws Exception {
        held.set(false);
        await().until(() -> report().state().equals("valid"));

        assertThat(leaf("www.site.test").getSubjectAlternativeNames()).hasSize(2);
        assertThat(gatehouse.https(get("/ping")).header("Strict-Transport-Security")).isPresent();
        assertThat(gatehouse.http(get("/page", "www.site.test")).status()).isEqualTo(301);
        assertThat(health()).containsOnlyKeys("acme");
        AcmeEndpoint.Report report = report();
        assertThat(report.served()).isNotNull();
        assertThat(report.renewAt()).isBefore(leaf("site.test").getNotAfter().toInstant());
        assertThat(
                        gatehouse
                                .bean(MeterRegistry.class)
                                .get("gatehouse.acme.days.left")
                                .gauge()
                                .value())
                .isBetween(89.0, 90.0);
    }

    /** bench/acme-renewals does it ten times, and longer. */
    @Test
    @Order(3)
    void failsNoRequestWhenRenewedTwiceUnderLoad() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (ConnectorName connector : ConnectorName.values()) {
            for (boolean isKept : List.of(true, false)) {
                clients.add(
                        Thread.ofVirtual()
                                .start(() -> ask(connector, isKept, over, answered, failures)));
            }
        }
        try {
            for (int i = 0; i < 2; i++) {
                X509Certificate before = leaf("site.test");
                assertThat(gatehouse.bean(AcmeEndpoint.class).renew().started()).isTrue();
                await().until(() -> !leaf("site.test").equals(before));
                await().until(() -> !gatehouse.bean(CertificateRenewal.class).isRunning());
            }
        } finally {
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }

        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(100);
    }

    @Test
    @Order(4)
    void servesOldCertificateOnWhenNewOneDoesNotFit() throws Exception {
        X509Certificate before = leaf("site.test");
        Path other = Files.createDirectory(folder.resolve("other"));
        TestCertificate.forNames("site.test").writeTo(other);
        String chain = Files.readString(other.resolve("tls.crt"));
        TestCertificate.forNames("site.test").writeTo(other);

        assertThat(
                        gatehouse
                                .bean(ServedCertificate.class)
                                .replaceDefault(
                                        new ObtainedCertificate.Pem(
                                                chain, Files.readString(other.resolve("tls.key")))))
                .hasValueSatisfying(
                        reason ->
                                assertThat(reason)
                                        .contains("private key is not the certificate's"));

        assertThat(leaf("site.test")).isEqualTo(before);
    }

    @Test
    @Order(5)
    void servesStoredCertificateFromTheFirstHandshakeWhenStartedAgain() throws Exception {
        X509Certificate before = leaf("site.test");
        int orders = proxy.requests("newOrder").size();
        gatehouse.close();

        gatehouse = RunningGatehouse.start(properties);

        assertThat(leaf("site.test")).isEqualTo(before);
        assertThat(health()).containsEntry("acme", "valid");
        assertThat(proxy.requests("newOrder")).hasSize(orders);
    }

    private static void ask(
            ConnectorName connector,
            boolean isKept,
            AtomicBoolean over,
            AtomicLong answered,
            ConcurrentLinkedQueue<String> failures) {
        Socket socket = null;
        try {
            while (!over.get()) {
                if (socket == null) {
                    socket = open(connector);
                }
                RawHttp.Response response = RawHttp.exchange(socket, get("/ping"));
                if (response.status() != 200) {
                    failures.add(connector + ": " + response);
                    return;
                }
                answered.incrementAndGet();
                if (!isKept) {
                    socket.close();
                    socket = null;
                }
            }
        } catch (IOException | RuntimeException ex) {
            failures.add(connector + ": " + ex);
        } finally {
            close(socket);
        }
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException _) {
            // it served
        }
    }

    private static Socket open(ConnectorName connector) throws IOException {
        Socket plain = RawHttp.connect(gatehouse.port(connector));
        return connector == ConnectorName.HTTP
                ? plain
                : RawHttp.trustingAll()
                        .createSocket(plain, "localhost", gatehouse.port(connector), true);
    }

    private static String get(String path) {
        return get(path, "site.test");
    }

    private static String get(String path, String host) {
        return RawHttp.request("GET " + path + " HTTP/1.1", "Host: " + host);
    }

    private static AcmeEndpoint.Report report() {
        return gatehouse.bean(AcmeEndpoint.class).report();
    }

    private static Map<String, Object> health() {
        return gatehouse.bean(AcmeState.class).healthDetails();
    }

    /** By a handshake as a browser's, which trusts pebble's root and checks the name. */
    private static X509Certificate leaf(String name) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry(
                "root",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        pebble.root().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        int port = gatehouse.port(ConnectorName.HTTPS);
        try (SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(RawHttp.connect(port), name, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
