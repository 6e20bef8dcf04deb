package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.ConnectorVitals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one connector: gathers the facts, judges, has it healed, and keeps the last verdict. */
class ConnectorWatch {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorWatch.class);

    private final ConnectorName connector;
    private final FactsSource source;
    private final VerdictRule rule;
    private final @Nullable ConnectorHealer healer;
    private final ConnectorEvents events;
    private final Duration interval;
    private final Clock clock;
    private Instant due;
    private volatile Verdict verdict;
    private volatile @Nullable Facts facts;

    /**
     * @param healer what restarts it, or null where nothing shall
     */
    ConnectorWatch(
            ConnectorName connector,
            FactsSource source,
            VerdictRule rule,
            @Nullable ConnectorHealer healer,
            ConnectorEvents events,
            Duration interval,
            Clock clock) {
        this.connector = connector;
        this.source = source;
        this.rule = rule;
        this.healer = healer;
        this.events = events;
        this.interval = interval;
        this.clock = clock;
        this.due = clock.instant();
        this.verdict = Verdict.first(due);
        // The first event loads its class: out of file descriptors that may be impossible.
        events.add(connector, "watched from now on");
    }

    ConnectorName connector() {
        return connector;
    }

    Verdict verdict() {
        return verdict;
    }

    /** What the last verdict was made of, or null before the first look. */
    @Nullable Facts facts() {
        return facts;
    }

    boolean isPollerSpinning() {
        Facts last = facts;
        return last != null && last.vitals().pollerSpinning();
    }

    boolean isUnlimited() {
        Facts last = facts;
        return last != null && last.vitals().isUnlimited();
    }

    int restarts() {
        return healer == null ? 0 : healer.restarts();
    }

    /** Gathers the facts once and judges them. Called by one thread. */
    void look() {
        Duration late = Duration.between(due, clock.instant());
        try {
            look(late);
        } finally {
            due = clock.instant().plus(interval);
        }
    }

    private void look(Duration late) {
        Facts gathered = source.gather(late);
        warnOfWhatNoProbeSees(gathered.vitals());
        Verdict last = verdict;
        Verdict next = rule.next(last, gathered);
        facts = gathered;
        verdict = next;
        report(last, next);
        if (healer != null) {
            healer.see(next);
        }
    }

    private void report(Verdict last, Verdict next) {
        if (last.state() == next.state() && last.isUnready() == next.isUnready()) {
            return;
        }
        String change = describe(last, next);
        events.add(connector, change + ": " + next.evidence());
        if (next.isUnready()) {
            logger.error("The {} connector is {}: {}", connector, change, next.evidence());
        } else {
            logger.info("The {} connector is {}: {}", connector, change, next.evidence());
        }
    }

    private static String describe(Verdict last, Verdict next) {
        return next.isUnready() && !next.isDead()
                ? "suspected (%s so far)".formatted(last.state())
                : "%s (was %s)".formatted(next.state(), last.state());
    }

    private void warnOfWhatNoProbeSees(ConnectorVitals vitals) {
        if (vitals.pollerSpinning() && !isPollerSpinning()) {
            warn("its poller thread spins: it serves, and burns a core");
        }
        if (vitals.isUnlimited() && !isUnlimited()) {
            warn("its limit of " + vitals.limit() + " connections is kept no longer");
        }
    }

    private void warn(String what) {
        events.add(connector, what);
        logger.warn("The {} connector is not as it should be: {}", connector, what);
    }
}
