package dev.gatehouse.tls;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** The outcomes of reloads: logged, counted, published, and kept while a problem lasts. */
class ReloadRecord {

    private static final Logger logger = LoggerFactory.getLogger(ReloadRecord.class);

    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final Map<ReloadOutcome, Long> counts = new ConcurrentHashMap<>();

    ReloadRecord(Clock clock, ApplicationEventPublisher events) {
        this.clock = clock;
        this.events = events;
    }

    /**
     * A problem with a bundle.
     *
     * @param reason as a clause
     */
    record Trouble(ReloadOutcome outcome, String reason, Instant since) {}

    void taken(String bundle, String certificate) {
        troubles.remove(bundle);
        logger.info("Certificate '{}' was reloaded: {}", bundle, certificate);
        publish(bundle, ReloadOutcome.TAKEN, certificate);
    }

    /** Logs it once, however often the same certificate is tried again. */
    void refused(String bundle, String reason, String servedInstead) {
        if (isNew(bundle, ReloadOutcome.REFUSED, reason)) {
            logger.warn(
                    "Certificate '{}' was not reloaded, the old one is still served and the files"
                            + " are tried again: {}. Served: {}",
                    bundle,
                    reason,
                    servedInstead);
            publish(bundle, ReloadOutcome.REFUSED, reason);
        }
    }

    void notOnWire(String bundle, String reason) {
        if (isNew(bundle, ReloadOutcome.NOT_ON_WIRE, reason)) {
            logger.warn(
                    "Certificate '{}' was reloaded, but clients get another one; it is set on"
                            + " the connector again: {}",
                    bundle,
                    reason);
            publish(bundle, ReloadOutcome.NOT_ON_WIRE, reason);
        }
    }

    void notServed(String bundle, String reason) {
        if (isNew(bundle, ReloadOutcome.NOT_SERVED, reason)) {
            logger.warn("Certificate '{}' is not served: {}", bundle, reason);
            publish(bundle, ReloadOutcome.NOT_SERVED, reason);
        }
    }

    /** The wire shows what it should. */
    void onWire(String bundle) {
        Trouble trouble = troubles.get(bundle);
        if (trouble != null && trouble.outcome() != ReloadOutcome.REFUSED) {
            troubles.remove(bundle, trouble);
            logger.info("Certificate '{}' is on the wire now", bundle);
        }
    }

    private boolean isNew(String bundle, ReloadOutcome outcome, String reason) {
        Trouble now = new Trouble(outcome, reason, clock.instant());
        Trouble last = troubles.get(bundle);
        if (last != null && last.outcome() == outcome && last.reason().equals(reason)) {
            return false;
        }
        troubles.put(bundle, now);
        return true;
    }

    private void publish(String bundle, ReloadOutcome outcome, String detail) {
        counts.merge(outcome, 1L, Long::sum);
        events.publishEvent(new CertificateReload(bundle, outcome, detail));
    }

    Optional<Trouble> trouble(String bundle) {
        return Optional.ofNullable(troubles.get(bundle));
    }

    long count(ReloadOutcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }
}
