package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.acme.AcmeProxy.Answer;
import dev.gatehouse.testing.FreePort;
import dev.gatehouse.tls.ObtainedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Orders against pebble, which refuses 5 % of all nonces and here reuses every authorization, so
 * that each test has names of its own.
 */
class PebbleTests {

    private static final Duration LIFE = Duration.ofDays(90);

    @TempDir static Path shared;
    private static ChallengeServer challenges;
    private static Pebble pebble;

    @TempDir private Path folder;
    private AcmeProxy proxy;
    private AcmeStorage storage;

    @BeforeAll
    static void start() {
        Pebble.assumeInstalled();
        challenges = new ChallengeServer();
        pebble = Pebble.start(shared, challenges.port(), LIFE, Map.of("PEBBLE_AUTHZREUSE", "100"));
    }

    @AfterAll
    static void stop() {
        if (pebble != null) {
            pebble.close();
            challenges.close();
        }
    }

    @BeforeEach
    void connect() {
        proxy = AcmeProxy.before(pebble, folder);
        storage = AcmeStorage.open(folder.resolve("acme"), "gatehouse.acme.storage");
        challenges.serve(storage);
    }

    @AfterEach
    void disconnect() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "RSA_2048"})
    void obtainsTrustedCertificateOfTheKindForTwoNames(KeyType keyType) throws Exception {
        StoredFile certificate =
                obtain(
                        "domains",
                        "%1$s.test,www.%1$s.test".formatted(dashed(keyType)),
                        "key-type",
                        dashed(keyType));

        verify(certificate, pebble.root());
        assertThat(kindOf(certificate.leaf().getPublicKey())).isEqualTo(keyType.name());
        assertThat(names(certificate.leaf()))
                .containsExactlyInAnyOrder(
                        dashed(keyType) + ".test", "www." + dashed(keyType) + ".test");
        assertThat(storage.webroot().resolve(AcmeChallenge.FOLDER.substring(1))).isEmptyDirectory();
        StoredFile account = storage.account(CaDirectory.of(proxy.directory())).orElseThrow();
        assertThat(account.fact("url")).startsWith("https://localhost:");
    }

    @Test
    void obtainsCertificateForAddress() throws Exception {
        assertThat(names(obtain("domains", "127.0.0.1").leaf())).containsExactly("127.0.0.1");
    }

    @Test
    void goesOnWhenNoncesAreRefused() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        proxy.intercept(
                (request, forward) ->
                        request.step().equals("newOrder") && refused.getAndIncrement() < 3
                                ? Answer.problem(
                                        400,
                                        "badNonce",
                                        "no",
                                        "Replay-Nonce: " + nonce(forward.get()))
                                : forward.get());

        assertThat(names(obtain("domains", "nonce.test").leaf())).containsExactly("nonce.test");
        assertThat(refused.get()).isEqualTo(4);
    }

    private static String nonce(Answer answer) {
        return answer.headers().stream()
                .filter(header -> header.startsWith("Replay-Nonce"))
                .map(header -> header.substring(header.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void obtainsLaterWhenChallengeFailsFirst() throws Exception {
        challenges.refuse();

        AcmeFailure failure = failure("domains", "later.test");

        assertThat(failure.kind()).isEqualTo(FailureKind.WRONG_ANSWER);
        assertThat(failure.message())
                .startsWith("later.test: ")
                .contains("/.well-known/acme-challenge/");
        assertThat(storage.order()).as("it is invalid").isEmpty();

        challenges.serve(storage);
        assertThat(names(obtain("domains", "later.test").leaf())).containsExactly("later.test");
        assertThat(proxy.requests("newOrder")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(proxy.requests("newAccount")).as("nonces are refused").isNotEmpty();
    }

    @Test
    void saysThatPortIsBlockedWhenNothingListens() {
        try (Pebble blocked = Pebble.start(folder, FreePort.next(), LIFE)) {
            AcmeFailure failure =
                    catchThrowableOfType(
                            AcmeFailure.class,
                            () ->
                                    client(
                                                    "directory",
                                                    blocked.directory(),
                                                    "trusted-ca",
                                                    blocked.trustedCa().toString(),
                                                    "domains",
                                                    "blocked.test")
                                            .obtain(null));

            assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION);
            assertThat(failure.kind().remedy()).contains("port 80");
            assertThat(failure.message()).contains("connection refused");
        }
    }

    @Test
    void downloadsAgainWhenOrderIsValidAlready() throws Exception {
        StoredFile first = obtain("domains", "valid.test");
        int orders = proxy.requests("newOrder").size();

        StoredFile again = obtain("domains", "valid.test");

        assertThat(again.leaf()).isEqualTo(first.leaf());
        assertThat(proxy.requests("newOrder")).hasSize(orders);
    }

    @Test
    void ordersAnewWhenTheCertificateOfTheOrderIsServedAlready() throws Exception {
        StoredFile first = obtain("domains", "served.test");
        storage.saveCertificate(first); // and killed before the order was deleted

        assertThat(obtain("domains", "served.test").leaf()).isNotEqualTo(first.leaf());
    }

    @Test
    void needsNoChallengeWhenNameIsProvedAlready() throws Exception {
        StoredFile first = obtain("domains", "reused.test");
        storage.deleteOrder();
        int asked = proxy.requests("challenge").size();

        StoredFile second = obtain("domains", "reused.test");

        assertThat(second.leaf()).isNotEqualTo(first.leaf());
        assertThat(proxy.requests("challenge")).hasSize(asked);
    }

    @Test
    void registersAnewWhenTheAuthorityForgotTheAccount() throws Exception {
        obtain("domains", "forgotten.test");
        try (Pebble another = Pebble.start(folder, challenges.port(), LIFE)) {
            proxy.pointTo(another);

            StoredFile certificate = obtain("domains", "forgotten.test");

            verify(certificate, another.root());
        }
    }

    @Test
    void goesOnWhenTheAuthorityWasDownAndItsServerCertificateChanged() throws Exception {
        obtain("domains", "down.test");
        storage.deleteOrder();
        proxy.goDown();

        AcmeFailure failure = failure("domains", "down.test");

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("it cannot be connected to");

        proxy.comeBack();
        obtain("domains", "down.test");
    }

    @Test
    void saysSoWhenTheNameOfTheAuthorityDoesNotResolve() {
        AcmeFailure failure =
                catchThrowableOfType(
                        AcmeFailure.class,
                        () ->
                                client("directory", "https://ca.invalid/", "domains", "dns.test")
                                        .obtain(null));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.message()).isEqualTo("its name does not resolve");
    }

    @Test
    void saysSoWhenServerCertificateIsNotTrusted() {
        AcmeFailure failure =
                catchThrowableOfType(
                        AcmeFailure.class,
                        () ->
                                client("directory", proxy.directory(), "domains", "trust.test")
                                        .obtain(null));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.message()).contains("certification path");
        assertThat(failure.kind().remedy()).contains("gatehouse.acme.trusted-ca");
    }

    @Test
    void sendsProfileWhenOneIsConfigured() throws Exception {
        proxy.offerMore(() -> Answer.problem(404, "malformed", "no"));

        obtain("domains", "profile.test", "profile", "shortlived");

        assertThat(proxy.requests("newOrder"))
                .allSatisfy(
                        request ->
                                assertThat(request.payload().get("profile").asString())
                                        .isEqualTo("shortlived"));
    }

    @Test
    void namesTheProfilesWhenOneIsNotOffered() {
        proxy.offerMore(() -> Answer.problem(404, "malformed", "no"));

        AcmeFailure failure = failure("domains", "profile.test", "profile", "longlived");

        assertThat(failure.kind()).isEqualTo(FailureKind.PROFILE);
        assertThat(failure.message())
                .contains("has no profile 'longlived', but [")
                .contains("classic")
                .contains("shortlived");
        assertThat(proxy.requests("newOrder")).isEmpty();
    }

    @Test
    void asksForRenewalInfoAndNamesWhatIsReplaced() throws Exception {
        Instant start = Instant.parse("2027-01-01T00:00:00Z");
        Instant end = Instant.parse("2027-01-03T00:00:00Z");
        proxy.offerMore(
                () ->
                        Answer.json(
                                """
                                {"suggestedWindow": {"start": "%s", "end": "%s"},
                                 "explanationURL": "https://ca.test/why"}
                                """
                                        .formatted(start, end),
                                "Retry-After: 7200"));
        AcmeClient client = client(defaults("domains", "ari.test"));
        X509Certificate first = client.obtain(null).leaf();
        storage.deleteOrder();
        Instant asked = Instant.now();

        RenewalWindow window = client.renewalWindow(first).orElseThrow();
        client.obtain(first);

        assertThat(window.start()).isEqualTo(start);
        assertThat(window.end()).isEqualTo(end);
        assertThat(window.explanation()).isEqualTo("https://ca.test/why");
        assertThat(Duration.between(asked, window.askAgain()))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(122));
        AcmeProxy.Request info = proxy.requests("renewal-info").getFirst();
        assertThat(info.method()).isEqualTo("GET");
        assertThat(proxy.requests("newOrder").getFirst().payload().has("replaces")).isFalse();
        assertThat(proxy.requests("newOrder").getLast().payload().get("replaces").asString())
                .isEqualTo(info.path().substring("/renewal-info/".length()))
                .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @CsvSource({"409, alreadyReplaced", "404, malformed"})
    void ordersWithoutReplacesWhenTheAuthorityRefusesIt(int status, String type) throws Exception {
        proxy.offerMore(() -> Answer.problem(404, "malformed", "no"));
        AcmeClient client = client(defaults("domains", type.toLowerCase(Locale.ROOT) + ".test"));
        X509Certificate first = client.obtain(null).leaf();
        storage.deleteOrder();
        proxy.intercept(
                (request, forward) ->
                        request.payload().has("replaces")
                                ? Answer.problem(
                                        status,
                                        type,
                                        "it is replaced",
                                        "Replay-Nonce: " + nonce(forward.get()))
                                : forward.get());

        assertThat(client.obtain(first).leaf()).isNotEqualTo(first);
        assertThat(proxy.requests("newOrder").getLast().payload().has("replaces")).isFalse();
    }

    @Test
    void hasNoRenewalWindowWhenNoneIsOfferedOrItIsNonsense() throws Exception {
        AcmeClient client = client(defaults("domains", "window.test"));
        X509Certificate leaf = client.obtain(null).leaf();
        assertThat(client.renewalWindow(leaf)).isEmpty();

        for (String nonsense :
                List.of(
                        "{}",
                        "[]",
                        "{\"suggestedWindow\": {\"start\": \"x\", \"end\": \"y\"}}",
                        "{\"suggestedWindow\": {\"start\": \"2027-01-03T00:00:00Z\","
                                + " \"end\": \"2027-01-01T00:00:00Z\"}}")) {
            proxy.offerMore(() -> Answer.json(nonsense));

            assertThat(
                            catchThrowableOfType(
                                            AcmeFailure.class, () -> client.renewalWindow(leaf))
                                    .kind())
                    .isEqualTo(FailureKind.CA_ERROR);
        }
    }

    @Test
    void saysWhenToComeBackWhenLimited() {
        proxy.intercept(
                (request, forward) ->
                        request.step().equals("newOrder")
                                ? Answer.problem(
                                        429,
                                        "rateLimited",
                                        "too many certificates (5) already issued\r\nFake: line",
                                        "Retry-After: 3600",
                                        "Replay-Nonce: " + nonce(forward.get()))
                                : forward.get());

        AcmeFailure failure = failure("domains", "limited.test");

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMIT);
        assertThat(failure.message())
                .isEqualTo("too many certificates (5) already issued Fake: line");
        assertThat(failure.notBefore().orElseThrow())
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3700));
    }

    @Test
    void saysWhenToComeBackWhenUnavailable() {
        proxy.intercept(
                (request, forward) ->
                        request.step().equals("directory")
                                ? new Answer(503, List.of("Retry-After: 120"), "")
                                : forward.get());

        AcmeFailure failure = failure("domains", "unavailable.test");

        assertThat(failure.kind()).isEqualTo(FailureKind.CA_ERROR);
        assertThat(failure.message()).contains("HTTP 503");
        assertThat(failure.notBefore().orElseThrow()).isAfter(Instant.now().plusSeconds(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>not ACME</html>", "{}", "[]", "null", "", "{\"newOrder\": 5}"})
    void failsPlainlyWhenDirectoryIsNone(String body) {
        proxy.intercept((_, _) -> Answer.json(body));

        assertThat(failure("domains", "nonsense.test").kind()).isEqualTo(FailureKind.CA_ERROR);
    }

    @Test
    void readsNoEndlessAnswer() {
        proxy.intercept((_, _) -> Answer.json(" ".repeat(2 * 1024 * 1024)));

        assertThat(failure("domains", "endless.test").kind())
                .isIn(FailureKind.UNREACHABLE, FailureKind.CA_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "caa, CAA",
        "dns, DNS",
        "connection, CONNECTION",
        "rejectedIdentifier, NAME_REFUSED",
        "userActionRequired, ACCOUNT",
        "invalidProfile, PROFILE",
        "serverInternal, CA_ERROR",
        "somethingNew, CA_ERROR"
    })
    void sortsProblemsByKind(String type, FailureKind kind) {
        proxy.intercept(
                (request, forward) ->
                        request.step().equals("newOrder")
                                ? Answer.problem(
                                        403, type, "no", "Replay-Nonce: " + nonce(forward.get()))
                                : forward.get());

        assertThat(failure("domains", "kinds.test").kind()).isEqualTo(kind);
    }

    @Test
    void bindsAccountAndChoosesChainWhenConfigured() throws Exception {
        try (Pebble binding =
                Pebble.start(
                        folder,
                        challenges.port(),
                        LIFE,
                        Map.of("EAB", "1", "PEBBLE_ALTERNATE_ROOTS", "1"))) {
            String[] common = {
                "directory",
                binding.directory(),
                "trusted-ca",
                binding.trustedCa().toString(),
                "domains",
                "eab.test"
            };
            assertThat(
                            catchThrowableOfType(
                                            AcmeFailure.class, () -> client(common).obtain(null))
                                    .kind())
                    .isEqualTo(FailureKind.ACCOUNT);

            Path key = Files.writeString(folder.resolve("hmac"), Pebble.EAB_KEY + "\n");
            String issuer =
                    PemContent.of(binding.root(1))
                            .getCertificates()
                            .getFirst()
                            .getSubjectX500Principal()
                            .getName()
                            .substring("CN=".length());
            StoredFile certificate =
                    client(
                                    join(
                                            common,
                                            "eab.key-id",
                                            "kid-1",
                                            "eab.hmac-key-file",
                                            key.toString(),
                                            "email",
                                            "admin@example.com",
                                            "preferred-chain",
                                            issuer))
                            .obtain(null);

            verify(certificate, binding.root(1));
        }
    }

    @Test
    void renewsWhenClockIsMovedToTheTime() throws Exception {
        try (Pebble shortLived = Pebble.start(folder, challenges.port(), Duration.ofDays(6))) {
            proxy.pointTo(shortLived);
            AcmeProperties properties = AcmePropertiesTests.bind(defaults("domains", "clock.test"));
            List<ObtainedCertificate.Pem> installed = new ArrayList<>();
            CertificateRenewal today = renewal(properties, installed, Duration.ZERO);
            today.look();
            today.look();
            assertThat(installed).hasSize(1);
            renewal(properties, installed, Duration.ofDays(3)).look();
            assertThat(installed).as("three of six days are left").hasSize(1);

            renewal(properties, installed, Duration.ofDays(4)).look();

            assertThat(installed).as("two of six days are left").hasSize(2);
            verify(storage.certificate().orElseThrow(), shortLived.root());
        }
    }

    private CertificateRenewal renewal(
            AcmeProperties properties, List<ObtainedCertificate.Pem> installed, Duration later)
            throws AcmeFailure {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        return new CertificateRenewal(
                new AcmeState(properties, storage.certificate(), clock),
                storage,
                new AcmeClient(properties, storage, Clock.systemUTC()),
                pem -> {
                    installed.add(pem);
                    return Optional.empty();
                },
                _ -> {},
                clock,
                () -> 0);
    }

    /** Before the authority has the request, or before its answer arrives. */
    @ParameterizedTest
    @CsvSource({
        "newAccount, true",
        "newOrder, true",
        "authorization, false",
        "challenge, true",
        "finalize, true",
        "order, true",
        "certificate, false"
    })
    void goesOnWhenKilledInThatStep(String step, boolean afterwards) throws Exception {
        String name = "kill-%s-%s.test".formatted(step.toLowerCase(Locale.ROOT), afterwards);
        Path place = folder.resolve(name);
        AtomicBoolean killed = new AtomicBoolean();
        challenges.serve(AcmeStorage.open(place, "storage"));
        int before = proxy.requests("newOrder").size();
        Process process = OrderProcess.start(place, proxy.directory(), proxy.trustedCa(), name);
        proxy.intercept(
                (request, forward) -> {
                    if (!request.step().equals(step) || killed.get()) {
                        return forward.get();
                    }
                    Answer answer = afterwards ? forward.get() : null;
                    if (answer != null && answer.status() >= 400) {
                        return answer; // a nonce that was refused
                    }
                    killed.set(true);
                    process.destroyForcibly();
                    return answer == null ? new Answer(500, List.of(), "") : answer;
                });
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed).as(name).isTrue();
        assertThat(process.exitValue()).as(name).isEqualTo(137);

        storage = AcmeStorage.open(place, "storage");
        try (AcmeStorage.Lock _ = storage.tryLock().orElseThrow()) {
            verify(obtain("domains", name), pebble.root());
        }

        boolean orderWasStored = !Set.of("newAccount", "newOrder").contains(step);
        if (orderWasStored) {
            List<AcmeProxy.Request> orders = proxy.requests("newOrder");
            assertThat(new HashSet<>(orders.subList(before, orders.size())).size())
                    .as(name + ": the order goes on")
                    .isEqualTo(1);
        }
    }

    private StoredFile obtain(String... namesAndValues) throws Exception {
        return client(defaults(namesAndValues)).obtain(null);
    }

    private AcmeFailure failure(String... namesAndValues) {
        AcmeFailure failure = catchThrowableOfType(AcmeFailure.class, () -> obtain(namesAndValues));
        assertThat(failure).isNotNull();
        return failure;
    }

    private String[] defaults(String... namesAndValues) {
        return join(
                namesAndValues,
                "directory",
                proxy.directory(),
                "trusted-ca",
                proxy.trustedCa().toString());
    }

    private static String[] join(String[] some, String... others) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(String[]::new);
    }

    private AcmeClient client(String... namesAndValues) {
        return new AcmeClient(AcmePropertiesTests.bind(namesAndValues), storage, Clock.systemUTC());
    }

    private static String kindOf(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> "ECDSA_P" + ec.getParams().getCurve().getField().getFieldSize();
            case RSAPublicKey rsa -> "RSA_" + rsa.getModulus().bitLength();
            default -> key.getAlgorithm();
        };
    }

    private static String dashed(KeyType keyType) {
        return keyType.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> names(X509Certificate leaf) throws Exception {
        List<String> names = new ArrayList<>();
        for (List<?> name : leaf.getSubjectAlternativeNames()) {
            names.add(String.valueOf(name.get(1)));
        }
        return names;
    }

    /** The chain is whole, and leads to the root. */
    private static void verify(StoredFile certificate, String root) throws Exception {
        X509Certificate anchor = PemContent.of(root).getCertificates().getFirst();
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509")
                                .generateCertPath(certificate.chain()),
                        parameters);
    }
}
