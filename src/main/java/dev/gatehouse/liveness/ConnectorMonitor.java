package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorInspection;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.ManagedConnector;
import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one connector: one task probes it, another checks it, which gathers the facts, applies
 * the rule, restarts a dead connector and keeps the last verdict. Two tasks, since a probe may wait
 * for as long as its time-out, and a check must not.
 */
class ConnectorMonitor {

    private static final Logger logger = LoggerFactory.getLogger(ConnectorMonitor.class);

    private final ConnectorName connector;
    private final ManagedConnector managed;
    private final ConnectorInspection inspection;
    private final ProbeLoop probes;
    private final FileDescriptors descriptors = new FileDescriptors();
    private final VerdictRule rule;
    private final @Nullable ConnectorRestarter restarter;
    private final EventLog events;
    private final LivenessProperties properties;
    private final Clock clock;
    private Instant due;
    private volatile Verdict verdict;
    private volatile @Nullable ConnectorObservation facts;

    ConnectorMonitor(
            ManagedConnector managed,
            PingProbe.Transport transport,
            Consumer<ProbeResult> probeListener,
            LivenessProperties properties,
            EventLog events,
            Clock clock) {
        this.connector = managed.name();
        this.managed = managed;
        this.inspection = managed.inspection();
        this.probes =
                new ProbeLoop(
                        new PingProbe(managed::localAddress, properties.probeTimeout(), transport),
                        properties.probeInterval(),
                        clock,
                        probeListener);
        this.rule = new VerdictRule(properties.thresholds());
        this.restarter = restarter(managed, properties, events);
        this.events = events;
        this.properties = properties;
        this.clock = clock;
        this.due = clock.instant();
        this.verdict = Verdict.first(due);
        // The first event loads its class: out of file descriptors that may be impossible.
        events.add(connector, "watched from now on");
    }

    private static @Nullable ConnectorRestarter restarter(
            ManagedConnector managed, LivenessProperties properties, EventLog events) {
        return properties.restartConnector()
                ? new ConnectorRestarter(
                        managed.name(),
                        managed::restart,
                        properties.aliveAfterRestart(),
                        new RestartBudget(properties.restartPause(), properties.restartsPerHour()),
                        events)
                : null;
    }

    /** Adds its two tasks, each with a platform thread: virtual threads may be what has failed. */
    void addTo(PeriodicTasks tasks) {
        tasks.add("probe-" + connector.tag(), probes::pause, probes::probe);
        tasks.add("watch-" + connector.tag(), properties.probeInterval(), this::check);
    }

    ConnectorName connector() {
        return connector;
    }

    /** The state of the connector, for health, the endpoint and the status page. */
    ConnectorReport report() {
        ConnectorObservation current = facts;
        return new ConnectorReport(
                connector,
                managed.port(),
                verdict,
                verdict.isOlderThan(properties.oldestVerdict(), clock.instant()),
                restarter == null ? 0 : restarter.restarts(),
                current == null ? null : current.vitals(),
                current == null ? null : current.lastEvidence(),
                current == null ? null : current.probes().last(),
                managed.openConnections(),
                managed.requests(),
                connections());
    }

    private Map<ConnectionKind, Long> connections() {
        Map<ConnectionKind, Long> counts = new LinkedHashMap<>();
        for (ConnectionKind kind : ConnectionKind.values()) {
            counts.put(kind, managed.count(kind));
        }
        return counts;
    }

    /** Gathers the facts and judges them. Called by one thread, and never waits. */
    void check() {
        Duration late = Duration.between(due, clock.instant());
        try {
            judge(gather(late));
        } finally {
            due = clock.instant().plus(properties.probeInterval());
        }
    }

    private ConnectorObservation gather(Duration late) {
        Instant now = clock.instant();
        ProbeHistory history = probes.history();
        long visitorAge = managed.answers().ageNanos();
        ConnectorObservation before = facts;
        ConnectorVitals vitals = inspection.look();
        return new ConnectorObservation(
                history,
                visitorAge == Long.MAX_VALUE ? null : now.minusNanos(visitorAge),
                vitals,
                vitals.isLeaking() && before != null && before.vitals().isLeaking(),
                descriptors.outSince(history, now),
                late,
                now);
    }

    private void judge(ConnectorObservation gathered) {
        ConnectorObservation before = facts;
        warnOfWhatNoProbeSees(before == null ? null : before.vitals(), gathered.vitals());
        Verdict last = verdict;
        Verdict next = rule.next(last, gathered);
        facts = gathered;
        verdict = next;
        logChange(last, next);
        if (restarter != null) {
            restarter.handle(next);
        }
    }

    private void logChange(Verdict last, Verdict next) {
        boolean first = last.reason() == VerdictReason.NOT_LOOKED_AT;
        if (!first && last.state() == next.state() && last.isUnready() == next.isUnready()) {
            return;
        }
        String change = describe(last, next);
        if (first || last.state() != next.state()) {
            String headline = ConnectorReport.title(connector) + " is " + next.state().tag();
            events.add(connector, next.state(), headline, change + ": " + next.evidence());
        } else {
            events.add(connector, change + ": " + next.evidence());
        }
        if (next.isUnready()) {
            logger.error("The {} connector is {}: {}", connector, change, next.evidence());
        } else if (!first) {
            logger.info("The {} connector is {}: {}", connector, change, next.evidence());
        }
    }

    private static String describe(Verdict last, Verdict next) {
        return next.isUnready() && !next.isDead()
                ? "suspected (%s so far)".formatted(last.state())
                : "%s (was %s)".formatted(next.state(), last.state());
    }

    private void warnOfWhatNoProbeSees(@Nullable ConnectorVitals last, ConnectorVitals vitals) {
        if (vitals.pollerSpinning() && (last == null || !last.pollerSpinning())) {
            warn("its poller thread spins: requests are served, but one processor is used up");
        }
        if (vitals.isUnlimited() && (last == null || !last.isUnlimited())) {
            warn("its limit of " + vitals.limit() + " connections is no longer enforced");
        }
    }

    private void warn(String problem) {
        events.add(connector, problem);
        logger.warn("The {} connector has a problem: {}", connector, problem);
    }
}
