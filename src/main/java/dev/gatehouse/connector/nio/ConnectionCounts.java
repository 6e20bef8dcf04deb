package dev.gatehouse.connector.nio;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many connections of each kind one connector has had. */
public class ConnectionCounts {

    private final Map<ConnectionKind, LongAdder> adders = new EnumMap<>(ConnectionKind.class);
    private final LongAdder containedErrors = new LongAdder();

    ConnectionCounts() {
        for (ConnectionKind kind : ConnectionKind.values()) {
            adders.put(kind, new LongAdder());
        }
    }

    void increment(ConnectionKind kind) {
        adder(kind).increment();
    }

    public long get(ConnectionKind kind) {
        return adder(kind).sum();
    }

    /** An Error that would have cost a connection permit, had it not been contained. */
    void containedError() {
        containedErrors.increment();
    }

    public long containedErrors() {
        return containedErrors.sum();
    }

    private LongAdder adder(ConnectionKind kind) {
        LongAdder adder = adders.get(kind);
        if (adder == null) {
            throw new IllegalStateException("No adder for " + kind);
        }
        return adder;
    }
}
