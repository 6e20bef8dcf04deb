package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts decisions by connector, outcome and reason: closed lists, nothing that a stranger sent.
 */
class RedirectMetrics {

    private final MeterRegistry registry;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    RedirectMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(ConnectorName connector, RedirectDecision decision) {
        counters.computeIfAbsent(
                        new Key(connector, decision.outcome(), decision.reason()), this::counter)
                .increment();
    }

    private Counter counter(Key key) {
        return Counter.builder("gatehouse.redirect.decisions")
                .description("What became of requests, and why")
                .tag("connector", key.connector.tag())
                .tag("outcome", key.outcome)
                .tag("reason", key.reason.tag())
                .register(registry);
    }

    private record Key(ConnectorName connector, String outcome, Reason reason) {}
}
