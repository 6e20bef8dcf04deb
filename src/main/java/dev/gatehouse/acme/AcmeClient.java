package dev.gatehouse.acme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.AcmeJsonResource;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.toolbox.AcmeUtils;
import org.shredzone.acme4j.toolbox.JSON;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Orders certificates by ACME: RFC 8555, profiles, and renewal information (RFC 9773). Every step
 * is in the storage before it is taken, so that an attempt goes on where a killed one ended.
 */
final class AcmeClient implements CertificateAuthority {

    private static final Logger logger = LoggerFactory.getLogger(AcmeClient.class);

    /** An attempt that takes longer ends, and the next one goes on with the same order. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(3);

    private static final Duration FIRST_POLL = Duration.ofMillis(250);
    private static final Duration SLOWEST_POLL = Duration.ofSeconds(5);

    private static final Set<Status> PENDING = EnumSet.of(Status.PENDING);
    private static final Set<Status> UNFINISHED = EnumSet.of(Status.READY, Status.PROCESSING);

    // facts of the stored files
    private static final String URL = "url";
    private static final String EMAIL = "email";

    private final AcmeProperties properties;
    private final CaDirectory directory;
    private final AcmeStorage storage;
    private final Clock clock;

    AcmeClient(AcmeProperties properties, AcmeStorage storage, Clock clock) {
        this.properties = properties;
        this.directory = properties.ca();
        this.storage = storage;
        this.clock = clock;
    }

    @FunctionalInterface
    private interface SessionTask<T> {

        T run(Session session) throws AcmeException, AcmeFailure, InterruptedException;
    }

    @Override
    public StoredFile obtain(@Nullable X509Certificate replaced)
            throws AcmeFailure, InterruptedException {
        return inSession(session -> obtain(session, replaced));
    }

    @Override
    public Optional<RenewalWindow> renewalWindow(X509Certificate certificate) throws AcmeFailure {
        try {
            return inSession(session -> renewalWindow(session, certificate));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** In a session of its own: nothing of the protocol outlives an attempt. */
    private <T> T inSession(SessionTask<T> task) throws AcmeFailure, InterruptedException {
        CaConnections connections = new CaConnections(trust());
        Session session = connections.session(directory);
        try {
            return task.run(session);
        } catch (AcmeException | RuntimeException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw AcmeFailures.of(ex, connections.retryAfter().orElse(null));
        } finally {
            session.getHttpClient().shutdownNow();
        }
    }

    /** Read at each attempt: the file may have been replaced. */
    private @Nullable SSLContext trust() throws AcmeFailure {
        Path file = properties.trustedCa();
        if (file == null) {
            return null;
        }
        try {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            for (X509Certificate root : PemContent.of(Files.readString(file)).getCertificates()) {
                roots.setCertificateEntry(root.getSerialNumber().toString(16), root);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | RuntimeException ex) {
            throw new AcmeFailure(
                    FailureKind.UNREACHABLE,
                    "gatehouse.acme.trusted-ca = '%s' cannot be read: %s"
                            .formatted(file, ex.getMessage()),
                    null,
                    ex);
        }
    }

    private StoredFile obtain(Session session, @Nullable X509Certificate replaced)
            throws AcmeException, AcmeFailure, InterruptedException {
        Instant deadline = clock.instant().plus(LONGEST_ATTEMPT);
        checkOffered(session.getMetadata());
        storage.deleteChallenges();
        OpenOrder open = openOrder(session, replaced);
        try {
            authorize(open.order(), deadline);
            return complete(open, deadline);
        } catch (AcmeFailure failure) {
            if (open.order().getStatus() == Status.INVALID) {
                storage.deleteOrder();
            }
            throw failure;
        } finally {
            storage.deleteChallenges();
        }
    }

    private void checkOffered(Metadata metadata) throws AcmeFailure {
        if (metadata.isExternalAccountRequired() && !properties.eab().isSet()) {
            throw new AcmeFailure(
                    FailureKind.ACCOUNT,
                    directory
                            + " requires an account binding: set gatehouse.acme.eab.key-id and"
                            + " gatehouse.acme.eab.hmac-key-file");
        }
        String profile = properties.profile();
        if (profile != null && !metadata.isProfileAllowed(profile)) {
            throw new AcmeFailure(
                    FailureKind.PROFILE,
                    "%s has no profile '%s', but %s"
                            .formatted(
                                    directory,
                                    profile,
                                    metadata.getProfiles().isEmpty()
                                            ? "none at all"
                                            : metadata.getProfiles()));
        }
    }

    private Login login(Session session) throws AcmeException, AcmeFailure {
        Optional<StoredFile> stored = storage.account(directory);
        if (stored.isPresent() && !stored.get().fact(URL).isEmpty()) {
            Login login =
                    session.login(AcmeFailures.url(stored.get().fact(URL)), stored.get().keys());
            updateEmail(login, stored.get());
            return login;
        }
        return register(session, stored);
    }

    private Login register(Session session, Optional<StoredFile> stored)
            throws AcmeException, AcmeFailure {
        KeyPair keyPair = stored.map(StoredFile::keys).orElseGet(KeyType.ECDSA_P256::generate);
        storage.saveAccount(directory, account(keyPair, ""));
        Login login = accountBuilder(keyPair).createLogin(session);
        storage.saveAccount(directory, account(keyPair, login.getAccountLocation().toString()));
        return login;
    }

    private StoredFile account(KeyPair keyPair, String url) {
        return new StoredFile(
                Map.of("directory", directory.toString(), URL, url, EMAIL, email()),
                keyPair,
                List.of());
    }

    private String email() {
        return properties.email() == null ? "" : properties.email();
    }

    private AccountBuilder accountBuilder(KeyPair keyPair) {
        AccountBuilder builder = new AccountBuilder().useKeyPair(keyPair).agreeToTermsOfService();
        if (properties.email() != null) {
            builder.addEmail(properties.email());
        }
        String keyId = properties.eab().keyId();
        if (keyId != null) {
            builder.withKeyIdentifier(keyId, properties.eab().hmacKey());
        }
        return builder;
    }

    private void updateEmail(Login login, StoredFile stored) throws AcmeException, AcmeFailure {
        if (properties.email() == null || stored.fact(EMAIL).equals(email())) {
            return;
        }
        Account.EditableAccount editable = login.getAccount().modify();
        editable.getContacts().clear();
        editable.addEmail(email()).commit();
        storage.saveAccount(directory, account(stored.keys(), stored.fact(URL)));
    }

    private record OpenOrder(Order order, KeyPair keyPair) {}

    private OpenOrder openOrder(Session session, @Nullable X509Certificate replaced)
            throws AcmeException, AcmeFailure {
        try {
            return openOrder(login(session), replaced);
        } catch (AcmeServerException ex) {
            if (!AcmeFailures.isOfType(ex, "accountDoesNotExist")) {
                throw ex;
            }
            logger.info("{} no longer knows the account: another one is registered", directory);
            return openOrder(register(session, storage.account(directory)), replaced);
        }
    }

    /** The order that an earlier attempt began, or else a new one. */
    private OpenOrder openOrder(Login login, @Nullable X509Certificate replaced)
            throws AcmeException, AcmeFailure {
        Optional<StoredFile> stored = storage.order();
        if (stored.isPresent()) {
            if (isWanted(stored.get()) && !isServed(stored.get())) {
                Order order = login.bindOrder(AcmeFailures.url(stored.get().fact(URL)));
                if (isOpen(order)) {
                    return new OpenOrder(order, stored.get().keys());
                }
            }
            storage.deleteOrder();
        }
        KeyPair keyPair = properties.keyType().generate();
        Order order = newOrder(login, replaced);
        Map<String, String> facts = new LinkedHashMap<>(properties.wanted());
        facts.put(URL, order.getLocation().toString());
        storage.saveOrder(new StoredFile(facts, keyPair, List.of()));
        return new OpenOrder(order, keyPair);
    }

    private boolean isWanted(StoredFile file) {
        return file.facts().entrySet().containsAll(properties.wanted().entrySet());
    }

    /** Whether the order's certificate is in the storage, and the process was killed after that. */
    private boolean isServed(StoredFile order) throws AcmeFailure {
        return storage.certificate()
                .filter(served -> served.keys().getPublic().equals(order.keys().getPublic()))
                .isPresent();
    }

    private static boolean isOpen(Order order) throws AcmeException {
        try {
            order.fetch();
            return order.getStatus() != Status.INVALID;
        } catch (AcmeServerException _) {
            return false; // expired, or of an account that is no more
        }
    }

    private Order newOrder(Login login, @Nullable X509Certificate replaced) throws AcmeException {
        if (replaced != null
                && login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
            try {
                return orderBuilder(login).replaces(replaced).create();
            } catch (AcmeServerException ex) {
                // RFC 9773, 5: unknown to the server, or replaced by an order that came to nothing
                if (!AcmeFailures.isOfType(ex, "alreadyReplaced")
                        && !AcmeFailures.isOfType(ex, "malformed")) {
                    throw ex;
                }
                logger.debug("The order cannot name the certificate that it replaces", ex);
            }
        }
        return orderBuilder(login).create();
    }

    private OrderBuilder orderBuilder(Login login) {
        OrderBuilder builder = login.newOrder();
        for (String name : properties.domains()) {
            builder.identifier(
                    AcmeProperties.isAddress(name) ? Identifier.ip(name) : Identifier.dns(name));
        }
        if (properties.profile() != null) {
            builder.profile(properties.profile());
        }
        return builder;
    }

    private void authorize(Order order, Instant deadline)
            throws AcmeException, AcmeFailure, InterruptedException {
        if (order.getStatus() != Status.PENDING) {
            return;
        }
        List<Authorization> authorizations = order.getAuthorizations();
        for (Authorization authorization : authorizations) {
            if (authorization.getStatus() == Status.PENDING) {
                Http01Challenge challenge = challenge(authorization);
                storage.putChallenge(challenge.getToken(), challenge.getAuthorization());
                if (challenge.getStatus() == Status.PENDING) {
                    challenge.trigger();
                }
            }
        }
        for (Authorization authorization : authorizations) {
            poll(authorization, authorization::getStatus, PENDING, deadline);
            if (authorization.getStatus() != Status.VALID) {
                order.fetch();
                throw AcmeFailures.ofChallenge(
                        authorization.getIdentifier().getValue(), problem(authorization));
            }
        }
        poll(order, order::getStatus, PENDING, deadline);
    }

    private static Http01Challenge challenge(Authorization authorization) throws AcmeFailure {
        return authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(
                        () ->
                                new AcmeFailure(
                                        FailureKind.NAME_REFUSED,
                                        "%s cannot be proved by http-01 there"
                                                .formatted(
                                                        authorization.getIdentifier().getValue())));
    }

    private static @Nullable Problem problem(Authorization authorization) {
        return authorization.getChallenges().stream()
                .flatMap(challenge -> challenge.getError().stream())
                .findFirst()
                .orElse(null);
    }

    private StoredFile complete(OpenOrder open, Instant deadline)
            throws AcmeException, AcmeFailure, InterruptedException {
        Order order = open.order();
        if (order.getStatus() == Status.READY) {
            order.execute(open.keyPair());
            order.fetch();
        }
        poll(order, order::getStatus, UNFINISHED, deadline);
        if (order.getStatus() != Status.VALID) {
            throw AcmeFailures.ofOrder(order.getError().orElse(null));
        }
        Certificate certificate = order.getCertificate();
        certificate.download();
        if (properties.preferredChain() != null) {
            certificate =
                    certificate.findCertificate(properties.preferredChain()).orElse(certificate);
        }
        List<X509Certificate> chain = certificate.getCertificateChain();
        if (!chain.getFirst().getPublicKey().equals(open.keyPair().getPublic())) {
            storage.deleteOrder();
            throw new AcmeFailure(
                    FailureKind.CA_ERROR, "the certificate that came is of another key");
        }
        return new StoredFile(properties.wanted(), open.keyPair(), chain);
    }

    /** Fetches the resource until its status is none of those, as often as the server allows. */
    private void poll(
            AcmeJsonResource resource,
            Supplier<Status> status,
            Set<Status> passing,
            Instant deadline)
            throws AcmeException, AcmeFailure, InterruptedException {
        Duration pause = FIRST_POLL;
        while (passing.contains(status.get())) {
            Instant now = clock.instant();
            Instant next = resource.getRetryAfter().orElse(now.plus(pause));
            if (next.isAfter(deadline)) {
                throw new AcmeFailure(
                        FailureKind.CA_ERROR,
                        "the order is not done yet; the next attempt goes on with it",
                        next,
                        null);
            }
            Thread.sleep(Duration.between(now, next));
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(SLOWEST_POLL) < 0 ? pause : SLOWEST_POLL;
            resource.fetch();
        }
    }

    private Optional<RenewalWindow> renewalWindow(Session session, X509Certificate certificate)
            throws AcmeException {
        Optional<java.net.URL> base = session.resourceUrlOptional(Resource.RENEWAL_INFO);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        String url =
                base.get().toString().replaceAll("/$", "")
                        + "/"
                        + AcmeUtils.getRenewalUniqueIdentifier(certificate);
        try (Connection connection = session.connect()) {
            connection.sendRequest(AcmeFailures.url(url), session, null);
            JSON answer = connection.readJsonResponse();
            JSON window = answer.get("suggestedWindow").asObject();
            return Optional.of(
                    RenewalWindow.of(
                            window.get("start").asInstant(),
                            window.get("end").asInstant(),
                            connection.getRetryAfter().orElse(null),
                            answer.get("explanationURL").map(JSON.Value::asString).orElse(null),
                            clock.instant()));
        }
    }
}
