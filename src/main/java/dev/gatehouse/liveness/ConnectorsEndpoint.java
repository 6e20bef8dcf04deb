package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectionKind;
import dev.gatehouse.connector.Connectors;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/connectors}: the verdict on each connector, its counts, and the last events. */
@Endpoint(id = "connectors")
class ConnectorsEndpoint {

    private final Connectors connectors;
    private final List<ConnectorWatch> watches;
    private final ConnectorEvents events;

    ConnectorsEndpoint(
            Connectors connectors, List<ConnectorWatch> watches, ConnectorEvents events) {
        this.connectors = connectors;
        this.watches = List.copyOf(watches);
        this.events = events;
    }

    @ReadOperation
    Report report() {
        Map<String, State> states = new LinkedHashMap<>();
        watches.forEach(watch -> states.put(watch.connector().tag(), state(watch)));
        return new Report(states, events.latest());
    }

    private State state(ConnectorWatch watch) {
        Verdict verdict = watch.verdict();
        Facts facts = watch.facts();
        Map<String, Long> connections = new LinkedHashMap<>();
        for (ConnectionKind kind : ConnectionKind.values()) {
            connections.put(kind.tag(), connectors.count(watch.connector(), kind));
        }
        return new State(
                connectors.port(watch.connector()),
                !verdict.isDead(),
                verdict.state().name(),
                verdict.reason().name(),
                verdict.evidence(),
                verdict.since(),
                verdict.at(),
                facts == null ? null : facts.lastEvidence(),
                facts == null ? -1 : facts.vitals().permits(),
                facts == null ? -1 : facts.vitals().limit(),
                facts == null ? -1 : facts.vitals().live(),
                facts == null ? null : probeMillis(facts),
                watch.isPollerSpinning(),
                watch.isUnlimited(),
                watch.restarts(),
                connections);
    }

    private static @Nullable Long probeMillis(Facts facts) {
        Duration took = facts.probes().took();
        return took == null ? null : took.toMillis();
    }

    /** Both connectors, by name, and the events from the oldest to the newest. */
    record Report(Map<String, State> connectors, List<ConnectorEvents.Event> events) {}

    /**
     * One connector.
     *
     * @param alive as liveness has it, but for a verdict that has grown old
     * @param probeMillis what the last probe took, or null when it was not answered
     */
    record State(
            int port,
            boolean alive,
            String verdict,
            String reason,
            String evidence,
            Instant since,
            Instant lookedAt,
            @Nullable Instant lastEvidence,
            long permits,
            int limit,
            int live,
            @Nullable Long probeMillis,
            boolean pollerSpinning,
            boolean unlimited,
            int restarts,
            Map<String, Long> connections) {}
}
