package dev.gatehouse.tools.outbound;

import static dev.gatehouse.testing.TestSite.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import dev.gatehouse.testing.TestAuthority;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.outbound.FetchResult.CertificateProblem;
import dev.gatehouse.tools.outbound.FetchResult.Failed;
import dev.gatehouse.tools.outbound.FetchResult.Failure;
import dev.gatehouse.tools.outbound.FetchResult.Fetched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrawlClientTests {

    private static final FetchLimits LIMITS = new FetchLimits(Duration.ofSeconds(60), 100_000, 5);
    private static final FetchLimits LONG_ENOUGH_FOR_A_HEAD =
            new FetchLimits(Duration.ofSeconds(3), 100_000, 5);
    private static final FetchLimits SHORT = new FetchLimits(Duration.ofMillis(300), 100_000, 5);
    private static final byte[] PAGE = "<p>Hello</p>".getBytes(StandardCharsets.UTF_8);
    private static final int BOMB = 200 << 20;

    private final TestSite site = TestSite.plain("127.0.0.1");
    private final CrawlClient client = client(site, 80);

    @AfterEach
    void stop() throws IOException {
        client.close();
        site.close();
    }

    private static CrawlClient client(TestSite site, int port, X509Certificate... roots) {
        return LoopbackOutboundClient.to(
                        Map.of("site.test", List.of("127.0.0.1")),
                        Map.of("127.0.0.1:" + port, site.port()),
                        List.of(roots))
                .crawl();
    }

    private static HttpUrl url(String text) {
        return ((HttpUrl.Http) HttpUrl.parse(text)).url();
    }

    private FetchResult get(String path) {
        return client.get(url("http://site.test" + path), LIMITS);
    }

    private PageResponse page(String path) {
        return ((Fetched) get(path)).response();
    }

    @Test
    void pageIsFetchedWithStatusFieldsInOrderAndText() {
        site.on("/", _ -> response(200).with("B", "1").with("A", "2").with("B", "3").html("<p>é"));

        PageResponse page = page("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.fields().stream().map(PageResponse.Field::name))
                .startsWith("B", "A", "B", "Content-Type");
        assertThat(page.values("b")).containsExactly("1", "3");
        assertThat(page.mediaType()).isEqualTo("text/html");
        assertThat(page.text()).isEqualTo("<p>é");
        assertThat(page.body().end()).isEqualTo(ResponseBody.End.COMPLETE);
    }

    @Test
    void requestsOfOneHostShareAConnection() {
        site.page("/", "<p>");

        get("/");
        client.head(url("http://site.test/"), LIMITS);
        get("/none");

        assertThat(site.log()).containsExactly("GET /", "HEAD /", "GET /none");
        assertThat(site.connections()).isEqualTo(1);
    }

    /** The server closes what was idle for long, just before it is used again. */
    @Test
    void keptConnectionWhenClosedMeanwhileIsReplaced() {
        site.page("/", "<p>");
        get("/");
        site.closeConnections();

        assertThat(page("/").status()).isEqualTo(200);
    }

    /** Browsers send these as they are; java.net.URI refuses them. */
    @ParameterizedTest
    @CsvSource({"/a|b?c={d}[e]", "//double//slash", "/%zz", "/a?b=c|d^e`f"})
    void targetOfAnyFormIsSentAsBrowsersSendIt(String target) {
        get(target);

        assertThat(site.log())
                .containsExactly("GET " + url("http://site.test" + target).pathAndQuery());
    }

    @Test
    void requestNamesTheClientAndTheHostWithoutItsDefaultPort() {
        get("/");

        TestSite.Request request = site.requests().getFirst();
        assertThat(request.header("Host")).isEqualTo("site.test");
        assertThat(request.header("User-Agent")).startsWith("gatehouse-crawler");
        assertThat(request.header("Accept-Encoding")).isEqualTo("gzip, br");
    }

    @Test
    void redirectsAreFollowedAndRecorded() {
        site.redirect("/a", 301, "/b").redirect("/b", 302, "http://site.test/c#x").page("/c", "c");

        FetchResult result = get("/a");

        assertThat(result.url()).isEqualTo(url("http://site.test/c#x"));
        assertThat(result.redirects())
                .containsExactly(
                        new Redirect(url("http://site.test/a"), 301, "/b"),
                        new Redirect(url("http://site.test/b"), 302, "http://site.test/c#x"));
        assertThat(site.connections()).isEqualTo(1);
    }

    @Test
    void redirectWhenNoneIsToBeFollowedIsReturned() {
        site.redirect("/a", 308, "/b");

        FetchResult result =
                client.get(
                        url("http://site.test/a"), new FetchLimits(Duration.ofSeconds(60), 100, 0));

        assertThat(((Fetched) result).response().redirectLocation()).contains("/b");
        assertThat(site.log()).containsExactly("GET /a");
    }

    @Test
    void redirectsInACircleAreALoop() {
        site.redirect("/a", 301, "/b").redirect("/b", 301, "/a#again");

        assertThat(failure(get("/a"))).isEqualTo(Failure.REDIRECT_LOOP);
        assertThat(site.log()).containsExactly("GET /a", "GET /b");
    }

    @Test
    void redirectsWithoutEndAreCut() {
        site.otherwise(request -> response(302).with("Location", request.target() + "x"));

        assertThat(failure(get("/a"))).isEqualTo(Failure.TOO_MANY_REDIRECTS);
        assertThat(site.requests()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/, PORT",
        "http://localhost/, LOCAL_NAME",
        "http://user@site.test/, USERINFO",
        "http://metadata.google.internal/, LOCAL_NAME"
    })
    void redirectWhenItsTargetMayNotBeVisitedIsRefused(String location, TargetRefusal refusal) {
        site.redirect("/a", 301, location);

        assertThat(get("/a"))
                .isInstanceOfSatisfying(
                        FetchResult.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    /** The guard as it is delivered: the address is internal, whatever the name. */
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1]/"
    })
    void addressWhenInternalIsNotConnectedTo(String text) throws IOException {
        AddressGuard guard = AddressGuard.publicAddresses();
        OutboundClient guarded =
                OutboundClient.of(
                        TargetPolicy.PUBLIC,
                        new AddressResolver(DnsLookup.SYSTEM, guard),
                        (_, _, _) -> {
                            throw new AssertionError("connected");
                        },
                        RecordingTrustManager.roots(null));

        assertThat(failure(guarded.crawl().get(url(text), LIMITS))).isEqualTo(Failure.NO_ADDRESS);
        guarded.crawl().close();
    }

    /** Rebinding: the address may change between the lookup and the connection. */
    @Test
    void addressWhenItBecomesInternalIsRefusedAtTheConnection() throws IOException {
        OutboundClient client =
                OutboundClient.of(
                        new TargetPolicy(Set.of(site.port()), false),
                        new AddressResolver(DnsLookup.SYSTEM, _ -> true),
                        Dialer.guarded(AddressGuard.publicAddresses()),
                        RecordingTrustManager.roots(null));

        site.page("/", "<p>");

        assertThat(
                        failure(
                                client.crawl()
                                        .get(
                                                url("http://127.0.0.1:%d/".formatted(site.port())),
                                                LIMITS)))
                .isEqualTo(Failure.REFUSED);
        client.crawl().close();
    }

    /**
     * An operator's own site may be this machine; what it links to may not, be it by the site's
     * address, by another name of it, or on another port of it.
     */
    @Test
    void siteWhenOpenedMayBeInternalButNoOther() throws IOException {
        site.page("/", "<p>");
        AddressGuard guard = AddressGuard.publicAddresses();
        try (ServerSocket another = new ServerSocket(0);
                CrawlClient guarded =
                        new CrawlClient(
                                new GuardedConnector(
                                        new AddressResolver(
                                                _ -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                                                guard),
                                        Dialer.guarded(guard)),
                                RecordingTrustManager.roots(null),
                                new TargetPolicy(
                                        Set.of(site.port(), another.getLocalPort()), false),
                                "test/1")) {
            HttpUrl own = url("http://own.test:%d/".formatted(site.port()));

            assertThat(failure(guarded.get(own, LIMITS))).isEqualTo(Failure.NO_ADDRESS);
            try (CrawlClient opened = guarded.opening(own)) {
                assertThat(opened.get(own, LIMITS)).isInstanceOf(Fetched.class);
                for (String other :
                        List.of(
                                "http://other.test:%d/".formatted(site.port()),
                                "http://127.0.0.1:%d/".formatted(site.port()),
                                "http://own.test:%d/".formatted(another.getLocalPort()))) {
                    assertThat(failure(opened.get(url(other), LIMITS)))
                            .as(other)
                            .isEqualTo(Failure.NO_ADDRESS);
                }
            }
        }
    }

    /** The port of the operator's own site is no port that other hosts may be visited on. */
    @Test
    void portWhenOpenedIsOfThatSiteAlone() {
        TargetPolicy opened =
                TargetPolicy.PUBLIC.opening(OpenedSite.of(url("https://own.internal:8443/")));

        assertThat(opened.of(url("https://own.internal:8443/a")))
                .isInstanceOf(Target.Accepted.class);
        assertThat(opened.of(url("http://own.internal/"))).isInstanceOf(Target.Accepted.class);
        assertThat(opened.of(url("https://other.test:8443/")))
                .isEqualTo(new Target.Refused(TargetRefusal.PORT));
        assertThat(opened.of(url("https://own.internal/")))
                .isEqualTo(new Target.Refused(TargetRefusal.LOCAL_NAME));
    }

    @ParameterizedTest
    @CsvSource({"gzip", "br", "deflate", "'gzip, gzip'", "identity"})
    void bodyWhenEncodedIsDecoded(String coding) {
        site.on("/", _ -> response(200).with("Content-Encoding", coding).body(encoded(coding)));

        ResponseBody body = page("/").body();

        assertThat(body.bytes()).isEqualTo(PAGE);
        assertThat(body.end()).isEqualTo(ResponseBody.End.COMPLETE);
        assertThat(body.received()).isEqualTo(encoded(coding).length);
    }

    private static byte[] encoded(String coding) {
        try {
            return switch (coding) {
                case "gzip" -> gzip(PAGE);
                case "gzip, gzip" -> gzip(gzip(PAGE));
                case "br" -> {
                    Brotli4jLoader.ensureAvailability();
                    yield Encoder.compress(PAGE);
                }
                case "deflate" -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (OutputStream deflater = new DeflaterOutputStream(out)) {
                        deflater.write(PAGE);
                    }
                    yield out.toByteArray();
                }
                default -> PAGE;
            };
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** 200 MB of zeros in 200 kB; twice in gzip they are 1 kB. */
    @ParameterizedTest
    @CsvSource({"gzip", "'gzip, gzip'"})
    void bodyWhenABombIsCut(String coding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < BOMB; i += zeros.length) {
                gzip.write(zeros);
            }
        }
        byte[] bomb = coding.equals("gzip") ? out.toByteArray() : gzip(out.toByteArray());
        site.on("/", _ -> response(200).with("Content-Encoding", coding).body(bomb));

        ResponseBody body = page("/").body();

        assertThat(body.bytes()).hasSize(100_000);
        assertThat(body.end()).isEqualTo(ResponseBody.End.CUT);
        assertThat(body.received()).isLessThan(110_000);
    }

    @ParameterizedTest
    @CsvSource({"gzip", "br", "zstd", "'gzip,gzip,gzip,gzip'"})
    void bodyWhenNotInItsCodingIsUndecodable(String coding) {
        site.on("/", _ -> response(200).with("Content-Encoding", coding).body(PAGE));

        assertThat(page("/").body().end()).isEqualTo(ResponseBody.End.UNDECODABLE);
    }

    /** No more than the limit is read of a body of 2 GB. */
    @Test
    void bodyWhenEndlessIsCut() {
        site.raw(
                "/",
                (_, out) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    byte[] bytes = new byte[8192];
                    while (true) {
                        out.write(bytes);
                    }
                });

        ResponseBody body = page("/").body();

        assertThat(body.bytes()).hasSize(100_000);
        assertThat(body.end()).isEqualTo(ResponseBody.End.CUT);
        assertThat(page("/").status()).isEqualTo(200);
    }

    /** A decoder stops before the last chunk, which has to be read for the next response. */
    @Test
    void connectionWhenItsBodyWasEncodedInChunksIsKept() throws IOException {
        byte[] gzip = gzip(PAGE);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        String head =
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(gzip.length)
                        + "\r\n";
        whole.write(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.write(gzip);
        whole.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        site.bytes("/", whole.toByteArray());

        assertThat(page("/").body().bytes()).isEqualTo(PAGE);
        assertThat(page("/").body().end()).isEqualTo(ResponseBody.End.COMPLETE);
        assertThat(site.connections()).isEqualTo(1);
    }

    @Test
    void bodyWhenItEndsEarlyIsIncomplete() {
        raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");

        ResponseBody body = page("/").body();

        assertThat(body.bytes()).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
        assertThat(body.end()).isEqualTo(ResponseBody.End.INCOMPLETE);
    }

    private void raw(String text) {
        site.raw("/", (_, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "SSH-2.0-OpenSSH_9.2\\r\\n, NOT_HTTP",
                "<html>\\r\\n, NOT_HTTP",
                "none, RESET"
            })
    void responseWhenItIsNoneFails(@Nullable String text, Failure failure) {
        raw(text == null ? "" : text.replace("\\r\\n", "\r\n"));

        assertThat(failure(get("/"))).isEqualTo(failure);
    }

    @Test
    void headWhenTooLargeFails() {
        raw("HTTP/1.1 200 OK\r\nA: " + "a".repeat(20_000) + "\r\n\r\n");

        assertThat(failure(get("/"))).isEqualTo(Failure.HEAD_TOO_LARGE);
    }

    @Test
    void headWhenOfTooManyFieldsFails() {
        raw("HTTP/1.1 200 OK\r\n" + "A: a\r\n".repeat(300) + "\r\n");

        assertThat(failure(get("/"))).isEqualTo(Failure.HEAD_TOO_LARGE);
    }

    @Test
    void responseWhenNoneComesTimesOut() {
        CountDownLatch end = new CountDownLatch(1);
        site.raw("/", (_, _) -> await(end));

        assertThat(failure(client.get(url("http://site.test/"), SHORT)))
                .isEqualTo(Failure.TIMED_OUT);
        end.countDown();
    }

    /** Each byte comes in time, but the head never ends. */
    @Test
    void headWhenItDripsTimesOut() {
        CountDownLatch end = new CountDownLatch(1);
        site.raw(
                "/",
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nA: ".getBytes(StandardCharsets.UTF_8));
                    drip(out, end);
                });

        assertThat(failure(client.get(url("http://site.test/"), SHORT)))
                .isEqualTo(Failure.TIMED_OUT);
        end.countDown();
    }

    @Test
    void bodyWhenItDripsIsTooSlow() {
        CountDownLatch end = new CountDownLatch(1);
        site.raw(
                "/",
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\nabc".getBytes(StandardCharsets.UTF_8));
                    drip(out, end);
                });

        FetchResult result = client.get(url("http://site.test/"), LONG_ENOUGH_FOR_A_HEAD);

        assertThat(((Fetched) result).response().body().end()).isEqualTo(ResponseBody.End.TOO_SLOW);
        end.countDown();
    }

    private static void drip(OutputStream out, CountDownLatch end) throws IOException {
        try {
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
                out.write('a');
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** As when its job is cancelled. */
    @Test
    void threadWhenInterruptedStopsAtOnce() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        site.raw(
                "/",
                (_, _) -> {
                    asked.countDown();
                    await(end);
                });
        AtomicReference<@Nullable FetchResult> result = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().start(() -> result.set(get("/")));
        asked.await();

        thread.interrupt();
        thread.join();

        assertThat(failure(Objects.requireNonNull(result.get()))).isEqualTo(Failure.CANCELLED);
        end.countDown();
    }

    @Test
    void serverWhenNothingListensIsRefused() {
        site.close();

        assertThat(failure(get("/"))).isEqualTo(Failure.REFUSED);
    }

    @Test
    void nameWhenUnknownHasNoAddress() {
        assertThat(failure(client.get(url("http://other.test/"), LIMITS)))
                .isEqualTo(Failure.NO_ADDRESS);
    }

    private static Failure failure(FetchResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).failure();
    }

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root");

    private static TestCertificate issued(String host, int fromDay, int untilDay) {
        Instant now = Instant.now();
        TestAuthority.Issued issued =
                AUTHORITY.issue(
                        host,
                        now.plus(Duration.ofDays(fromDay)),
                        now.plus(Duration.ofDays(untilDay)));
        return new TestCertificate(issued.certificate(), issued.keyPair());
    }

    private static FetchResult overTls(TestCertificate certificate) throws IOException {
        try (TestSite secure = TestSite.tls("127.0.0.1", certificate).page("/", "<p>");
                CrawlClient client = client(secure, 443, AUTHORITY.certificate())) {
            return client.get(url("https://site.test/"), LIMITS);
        }
    }

    @Test
    void pageOverTlsIsFetched() throws IOException {
        assertThat(overTls(issued("site.test", -1, 1))).isInstanceOf(Fetched.class);
    }

    @ParameterizedTest
    @CsvSource({
        "site.test, -9, -1, EXPIRED",
        "site.test, 1, 9, NOT_YET_VALID",
        "other.test, -1, 1, WRONG_NAME"
    })
    void certificateWhenBadIsNamed(String host, int from, int until, CertificateProblem problem)
            throws IOException {
        assertThat(certificateProblem(overTls(issued(host, from, until)))).isEqualTo(problem);
    }

    @Test
    void certificateWhenSelfSignedIsNamed() throws IOException {
        assertThat(certificateProblem(overTls(TestCertificate.forNames("site.test"))))
                .isEqualTo(CertificateProblem.SELF_SIGNED);
    }

    @Test
    void certificateWhenItsIssuerIsUnknownIsNamed() throws IOException {
        TestAuthority.Issued issued = TestAuthority.root("Other").issue("site.test");

        assertThat(
                        certificateProblem(
                                overTls(
                                        new TestCertificate(
                                                issued.certificate(), issued.keyPair()))))
                .isEqualTo(CertificateProblem.UNKNOWN_ISSUER);
    }

    /** Browsers do not read the common name (RFC 9525); the JDK does. */
    @Test
    void certificateWhenItHasACommonNameAloneIsOfAnotherName() throws IOException {
        TestAuthority.Issued issued = AUTHORITY.issue("site.test", null, "EC", "secp256r1");

        assertThat(
                        certificateProblem(
                                overTls(
                                        new TestCertificate(
                                                issued.certificate(), issued.keyPair()))))
                .isEqualTo(CertificateProblem.WRONG_NAME);
    }

    private static @Nullable CertificateProblem certificateProblem(FetchResult result) {
        assertThat(failure(result)).isEqualTo(Failure.CERTIFICATE);
        return ((Failed) result).certificate();
    }

    @Test
    void serverWhenItSpeaksNoTlsFailsTheHandshake() throws IOException {
        try (CrawlClient secure = client(site, 443)) {
            assertThat(failure(secure.get(url("https://site.test/"), LIMITS)))
                    .isIn(Failure.TLS, Failure.RESET);
        }
    }

    /** All threads share the pool. */
    @Test
    void fetchesWhenManyAtOnceAllSucceed() {
        site.page("/", "<p>");

        List<FetchResult> results =
                IntStream.range(0, 200).parallel().mapToObj(_ -> get("/")).toList();

        assertThat(results).allMatch(Fetched.class::isInstance);
        assertThat(site.connections()).isLessThan(50);
    }
}
