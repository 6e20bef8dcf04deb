package dev.gatehouse.acme;

import dev.gatehouse.tls.ObtainedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a certificate that is valid: takes up what the storage has, orders when there is none or it
 * is time to renew, and serves what came. What is served stays until something better works.
 */
final class CertificateRenewal {

    private static final Logger logger = LoggerFactory.getLogger(CertificateRenewal.class);

    /** Time between two looks at the storage, which another process may have written to. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Time between two looks while another process orders. */
    private static final Duration PAUSE_WHILE_LOCKED = Duration.ofSeconds(15);

    /** Where a rate limit is reached and the certificate authority names no time. */
    private static final Duration PAUSE_WHEN_LIMITED = Duration.ofHours(1);

    private final AcmeState state;
    private final AcmeStorage storage;
    private final CertificateAuthority authority;
    private final Function<ObtainedCertificate.Pem, Optional<String>> install;
    private final Consumer<AcmeEvent> events;
    private final Clock clock;
    private final DoubleSupplier jitter;
    private final ReentrantLock running = new ReentrantLock();

    private int failuresInARow;
    private Instant notBefore = Instant.EPOCH;
    private @Nullable StoredFile windowOf;
    private @Nullable RenewalWindow window;
    private Instant askForWindow = Instant.EPOCH;
    private volatile Duration pause = PAUSE;

    /**
     * @param install serves a certificate, or returns the reason why it cannot be served
     * @param jitter from 0 to 1
     */
    CertificateRenewal(
            AcmeState state,
            AcmeStorage storage,
            CertificateAuthority authority,
            Function<ObtainedCertificate.Pem, Optional<String>> install,
            Consumer<AcmeEvent> events,
            Clock clock,
            DoubleSupplier jitter) {
        this.state = state;
        this.storage = storage;
        this.authority = authority;
        this.install = install;
        this.events = events;
        this.clock = clock;
        this.jitter = jitter;
    }

    /** How long after a look the next one is due. */
    Duration pause() {
        return pause;
    }

    /** Looks once, and orders if it is time to. */
    void look() throws InterruptedException {
        run(false);
    }

    /** Orders a new certificate now, whatever time is left to the one that is served. */
    void renew() throws InterruptedException {
        run(true);
    }

    boolean isRunning() {
        return running.isLocked();
    }

    /** When the certificate authority allows the next attempt, if that is not now. */
    Optional<Instant> forbiddenUntil() throws AcmeFailure {
        try {
            return storage.retryAfter()
                    .filter(this::isWanted)
                    .map(facts -> Instant.parse(facts.fact("until")))
                    .filter(until -> until.isAfter(clock.instant()));
        } catch (DateTimeParseException ex) {
            throw new AcmeFailure(
                    FailureKind.STORAGE,
                    storage.folder() + "/retry-after is damaged: it names no time",
                    null,
                    ex);
        }
    }

    private void run(boolean now) throws InterruptedException {
        if (!running.tryLock()) {
            return;
        }
        try {
            pause = PAUSE;
            step(now);
        } catch (AcmeFailure failure) {
            failed(failure);
        } finally {
            running.unlock();
        }
    }

    private void step(boolean force) throws AcmeFailure, InterruptedException {
        Instant time = clock.instant();
        if (!force && time.isBefore(notBefore)) {
            takeUpQuietly();
            return;
        }
        takeUp();
        askForWindow();
        if (!force && !isDue(time)) {
            return;
        }
        Optional<Instant> forbidden = forbiddenUntil();
        if (forbidden.isPresent()) {
            notBefore = forbidden.get();
            state.waitUntil(notBefore);
            return;
        }
        Optional<AcmeStorage.Lock> lock = storage.tryLock();
        if (lock.isEmpty()) {
            pause = PAUSE_WHILE_LOCKED;
            return;
        }
        try (AcmeStorage.Lock _ = lock.get()) {
            boolean another = takeUp();
            if ((force && !another) || isDue(clock.instant())) {
                order();
            }
        } catch (IOException ex) {
            throw new AcmeFailure(FailureKind.STORAGE, String.valueOf(ex.getMessage()), null, ex);
        }
    }

    /** Serves the certificate of the storage, where another one is served. */
    private boolean takeUp() throws AcmeFailure {
        Optional<StoredFile> stored = storage.certificate();
        if (stored.isEmpty()
                || !AcmeState.isValid(stored.get(), clock.instant())
                || state.served().map(StoredFile::leaf).equals(stored.map(StoredFile::leaf))) {
            return false;
        }
        serve(stored.get());
        logger.info("Took up the certificate that another process stored");
        return true;
    }

    /** While an attempt is not due yet; why it cannot be taken up was said then. */
    private void takeUpQuietly() {
        try {
            takeUp();
        } catch (AcmeFailure failure) {
            logger.debug("The storage's certificate is not taken up", failure);
        }
    }

    private void serve(StoredFile certificate) throws AcmeFailure {
        Optional<String> refusal = install.apply(AcmeState.pem(certificate));
        if (refusal.isPresent()) {
            throw new AcmeFailure(
                    FailureKind.NOT_SERVED, "the new certificate is not served: " + refusal.get());
        }
        state.renewAt(RenewalSchedule.renewAt(certificate.leaf(), null));
        state.serve(certificate);
        state.succeeded();
        failuresInARow = 0;
        notBefore = Instant.EPOCH;
        askForWindow = Instant.EPOCH;
        askForWindow();
    }

    private boolean isDue(Instant time) throws AcmeFailure {
        Optional<StoredFile> stored = storage.certificate();
        return stored.isEmpty()
                || !isWanted(stored.get())
                || !AcmeState.isValid(stored.get(), time)
                || !time.isBefore(RenewalSchedule.renewAt(stored.get().leaf(), window));
    }

    private boolean isWanted(StoredFile file) {
        return file.facts().entrySet().containsAll(state.properties().wanted().entrySet());
    }

    /** Asks the certificate authority when to renew, as often as it wants to be asked. */
    private void askForWindow() {
        StoredFile served = state.served().orElse(null);
        Instant now = clock.instant();
        if (served == null || !isWanted(served)) {
            window = null;
            return;
        }
        if (!served.equals(windowOf) || !now.isBefore(askForWindow)) {
            RenewalWindow last = served.equals(windowOf) ? window : null;
            windowOf = served;
            try {
                window = authority.renewalWindow(served.leaf()).orElse(null);
                askForWindow =
                        window == null ? now.plus(RenewalWindow.DEFAULT_PAUSE) : window.askAgain();
                sayIfMoved(last);
            } catch (AcmeFailure failure) {
                window = last;
                askForWindow =
                        RenewalSchedule.nextAttempt(
                                now, 6, jitter.getAsDouble(), failure.notBefore().orElse(null));
                logger.debug("No renewal information: {}", failure.message(), failure);
            }
        }
        state.renewAt(RenewalSchedule.renewAt(served.leaf(), window));
    }

    private void sayIfMoved(@Nullable RenewalWindow last) {
        RenewalWindow moved = window;
        if (last != null && moved != null && !last.start().equals(moved.start())) {
            logger.info(
                    "The certificate authority wants the certificate renewed from {} to {}{}",
                    moved.start(),
                    moved.end(),
                    moved.explanation() == null ? "" : ", see " + moved.explanation());
        }
    }

    private void order() throws AcmeFailure, InterruptedException {
        X509Certificate replaced =
                storage.certificate()
                        .filter(
                                stored ->
                                        stored.fact("directory")
                                                .equals(state.properties().ca().toString()))
                        .map(StoredFile::leaf)
                        .orElse(null);
        logger.info(
                "Ordering a certificate for {} from {}",
                String.join(", ", state.properties().domains()),
                state.properties().ca());
        StoredFile certificate = authority.obtain(replaced);
        if (AcmeState.isValid(certificate, clock.instant())) {
            storage.saveCertificate(certificate);
            storage.deleteOrder();
            storage.deleteRetryAfter();
        }
        serve(certificate);
        X509Certificate leaf = certificate.leaf();
        logger.info(
                "Obtained a certificate for {}, serial {}, valid until {}; it is renewed at {}",
                String.join(", ", state.properties().domains()),
                leaf.getSerialNumber().toString(16),
                leaf.getNotAfter().toInstant(),
                state.renewal().map(at -> at.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
        events.accept(new AcmeEvent(true, "A new certificate was obtained"));
    }

    private void failed(AcmeFailure failure) {
        Instant now = clock.instant();
        failuresInARow++;
        Optional<Instant> allowed =
                failure.kind() == FailureKind.RATE_LIMIT
                        ? failure.notBefore().or(() -> Optional.of(now.plus(PAUSE_WHEN_LIMITED)))
                        : failure.notBefore();
        notBefore =
                RenewalSchedule.nextAttempt(
                        now, failuresInARow, jitter.getAsDouble(), allowed.orElse(null));
        allowed.ifPresent(this::remember);
        state.failed(failure, notBefore);
        logger.warn(
                "No new certificate for {} from {} ({}): {}. {} Served: {}. Next attempt at {}",
                String.join(", ", state.properties().domains()),
                state.properties().ca(),
                failure.kind().tag(),
                failure.message(),
                failure.kind().remedy(),
                state.served()
                        .map(
                                served ->
                                        "the old certificate, until "
                                                + served.leaf().getNotAfter().toInstant())
                        .orElse("a self-signed certificate"),
                notBefore.truncatedTo(ChronoUnit.SECONDS));
        logger.debug("The failure in full", failure);
        events.accept(new AcmeEvent(false, failure.message()));
    }

    /** For a restart: the certificate authority's wish holds for it too. */
    private void remember(Instant until) {
        Map<String, String> facts = new HashMap<>(state.properties().wanted());
        facts.put("until", (until.isBefore(notBefore) ? until : notBefore).toString());
        try {
            storage.saveRetryAfter(new StoredFile(facts, null, List.of()));
        } catch (AcmeFailure ex) {
            logger.debug("The time of the next attempt is not kept", ex);
        }
    }
}
