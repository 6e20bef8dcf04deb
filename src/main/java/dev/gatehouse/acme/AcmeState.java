package dev.gatehouse.acme;

import dev.gatehouse.tls.ObtainedCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The certificate that is served, what became of the last attempt, and when the next one is. */
final class AcmeState implements ObtainedCertificate {

    private final AcmeProperties properties;
    private final Clock clock;
    private final Map<FailureKind, Long> failures = new ConcurrentHashMap<>();
    private volatile @Nullable StoredFile served;
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable Failure lastFailure;
    private volatile @Nullable Instant renewal;
    private volatile @Nullable Instant nextAttempt;

    /**
     * @param stored the certificate that an earlier run obtained
     */
    AcmeState(AcmeProperties properties, Optional<StoredFile> stored, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.served =
                stored.filter(certificate -> isValid(certificate, clock.instant())).orElse(null);
        this.lastSuccess =
                stored.map(certificate -> certificate.leaf().getNotBefore().toInstant())
                        .orElse(null);
    }

    /** The last attempt, where it failed. */
    record Failure(FailureKind kind, String message, Instant at) {}

    static boolean isValid(StoredFile certificate, Instant now) {
        X509Certificate leaf = certificate.leaf();
        return !now.isBefore(leaf.getNotBefore().toInstant())
                && now.isBefore(leaf.getNotAfter().toInstant());
    }

    @Override
    public String bundleName() {
        return "acme";
    }

    @Override
    public List<String> names() {
        return properties.domains();
    }

    @Override
    public Optional<Pem> stored() {
        return served().map(AcmeState::pem);
    }

    static Pem pem(StoredFile certificate) {
        return new Pem(certificate.chainPem(), certificate.privateKeyPem());
    }

    @Override
    public boolean isUnready() {
        return properties.pendingUnready() && served == null;
    }

    @Override
    public Map<String, Object> healthDetails() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("acme", phase());
        Failure failure = lastFailure;
        if (failure != null) {
            details.put("acmeFailure", failure.message());
            details.put("acmeRemedy", failure.kind().remedy());
            nextAttempt().ifPresent(at -> details.put("acmeNextAttempt", at));
        }
        return details;
    }

    /** {@code pending} before the first certificate, {@code failing}, or {@code valid}. */
    String phase() {
        if (served == null) {
            return "pending";
        }
        return lastFailure == null ? "valid" : "failing";
    }

    AcmeProperties properties() {
        return properties;
    }

    Optional<StoredFile> served() {
        return Optional.ofNullable(served);
    }

    void serve(StoredFile certificate) {
        served = certificate;
    }

    void succeeded() {
        lastSuccess = clock.instant();
        lastFailure = null;
        nextAttempt = null;
    }

    /** Counts the failure, and sets the time of the next attempt. */
    void failed(AcmeFailure failure, Instant next) {
        failures.merge(failure.kind(), 1L, Long::sum);
        lastFailure = new Failure(failure.kind(), failure.message(), clock.instant());
        nextAttempt = next;
    }

    void waitUntil(Instant next) {
        nextAttempt = next;
    }

    void renewAt(Instant at) {
        renewal = at;
    }

    Optional<Instant> lastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    Optional<Failure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    Optional<Instant> renewal() {
        return Optional.ofNullable(renewal);
    }

    Optional<Instant> nextAttempt() {
        return Optional.ofNullable(nextAttempt);
    }

    long failures(FailureKind kind) {
        return failures.getOrDefault(kind, 0L);
    }
}
