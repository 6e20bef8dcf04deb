package dev.gatehouse.connector;

import java.util.concurrent.atomic.LongAdder;

/** How many requests each connector has taken. */
class RequestCounts {

    private final LongAdder http = new LongAdder();
    private final LongAdder https = new LongAdder();

    void increment(ConnectorName connector) {
        adder(connector).increment();
    }

    long get(ConnectorName connector) {
        return adder(connector).sum();
    }

    private LongAdder adder(ConnectorName connector) {
        return switch (connector) {
            case HTTP -> http;
            case HTTPS -> https;
        };
    }
}
