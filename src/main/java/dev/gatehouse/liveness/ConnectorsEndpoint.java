package dev.gatehouse.liveness;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/connectors}: the state of each connector, its counts, and the last events. */
@Endpoint(id = "connectors")
class ConnectorsEndpoint {

    private final ConnectorMonitors monitors;
    private final EventLog events;

    ConnectorsEndpoint(ConnectorMonitors monitors, EventLog events) {
        this.monitors = monitors;
        this.events = events;
    }

    @ReadOperation
    Response read() {
        Map<String, State> states = new LinkedHashMap<>();
        monitors.reports()
                .forEach(report -> states.put(report.connector().tag(), State.of(report)));
        List<Event> connectorEvents =
                events.events().stream()
                        .filter(event -> event.connector() != null)
                        .map(Event::of)
                        .toList();
        return new Response(states, connectorEvents);
    }

    /** Both connectors, by name, and the events from the oldest to the newest. */
    record Response(Map<String, State> connectors, List<Event> events) {}

    record Event(Instant time, String connector, String event) {

        static Event of(EventLog.Event event) {
            return new Event(
                    event.time(),
                    event.connector() == null ? "" : event.connector().tag(),
                    event.detail());
        }
    }

    /**
     * One connector.
     *
     * @param alive as in liveness, except that the age of the verdict is ignored
     * @param probeMillis duration of the last probe, or null if it was not answered
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
            Map<String, Long> connections) {

        static State of(ConnectorReport report) {
            Verdict verdict = report.verdict();
            Map<String, Long> connections = new LinkedHashMap<>();
            report.connections().forEach((kind, count) -> connections.put(kind.tag(), count));
            return new State(
                    report.port(),
                    !verdict.isDead(),
                    verdict.state().name(),
                    verdict.reason().name(),
                    verdict.evidence(),
                    verdict.since(),
                    verdict.at(),
                    report.lastEvidence(),
                    report.permits(),
                    report.limit(),
                    report.live(),
                    report.probeMillis(),
                    report.isPollerSpinning(),
                    report.isUnlimited(),
                    report.restarts(),
                    connections);
        }
    }
}
