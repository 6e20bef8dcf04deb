package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.gateway.GatewayPrincipal;
import dev.gatehouse.redirect.RedirectDecision.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts decisions by connector, outcome and reason: closed lists, never text of a request. */
public class RedirectMetrics {

    static final String DECISIONS = "gatehouse.redirect.decisions";
    static final String REPORTED = "gatehouse.redirect.reported";
    static final String GATEWAY_REQUESTS = "gatehouse.gateway.requests";

    private final MeterRegistry registry;
    private final Map<Decision, Counter> decisions = new ConcurrentHashMap<>();
    private final Map<Reported, Counter> reported = new ConcurrentHashMap<>();
    private final Map<GatewaySecret, Counter> gateways = new ConcurrentHashMap<>();

    RedirectMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(ConnectorName connector, Outcome outcome, DecisionReason reason) {
        decisions
                .computeIfAbsent(new Decision(connector, outcome, reason), this::counter)
                .increment();
    }

    private Counter counter(Decision key) {
        return Counter.builder(DECISIONS)
                .description("Requests by what was decided (served, redirected, refused) and why")
                .tag("connector", key.connector.tag())
                .tag("outcome", key.outcome.tag())
                .tag("reason", key.reason.tag())
                .register(registry);
    }

    /**
     * @param method one of a closed list
     */
    void countReported(ClientKind client, String method) {
        reported.computeIfAbsent(new Reported(client, method), this::counter).increment();
    }

    private Counter counter(Reported key) {
        return Counter.builder(REPORTED)
                .description("Requests that report-only mode served and enforcing would not")
                .tag("client", key.client.tag())
                .tag("method", key.method)
                .register(registry);
    }

    void count(GatewayPrincipal caller) {
        gateways.computeIfAbsent(
                        new GatewaySecret(caller.gateway().name(), caller.secret()), this::counter)
                .increment();
    }

    private Counter counter(GatewaySecret key) {
        return Counter.builder(GATEWAY_REQUESTS)
                .description("Requests of an API gateway, by which of its secrets it gave")
                .tag("gateway", key.gateway)
                .tag("secret", Integer.toString(key.number))
                .register(registry);
    }

    /** Counts of decisions: by connector, then {@code outcome reason}. */
    Map<String, Map<String, Long>> decisionCounts() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        decisions.forEach(
                (key, counter) ->
                        counts.computeIfAbsent(key.connector.tag(), _ -> new TreeMap<>())
                                .put(
                                        key.outcome.tag() + " " + key.reason.tag(),
                                        (long) counter.count()));
        return counts;
    }

    /** Counts of decisions by reason. */
    public Map<String, Long> countsByReason() {
        Map<String, Long> counts = new TreeMap<>();
        decisions.forEach(
                (key, counter) ->
                        counts.merge(key.reason.tag(), (long) counter.count(), Long::sum));
        return counts;
    }

    /** Requests that report-only mode counted: by client class, then method. */
    Map<String, Map<String, Long>> reportedCounts() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        reported.forEach(
                (key, counter) ->
                        counts.computeIfAbsent(key.client.tag(), _ -> new TreeMap<>())
                                .put(key.method, (long) counter.count()));
        return counts;
    }

    private record Decision(ConnectorName connector, Outcome outcome, DecisionReason reason) {}

    private record GatewaySecret(String gateway, int number) {}

    private record Reported(ClientKind client, String method) {}
}
