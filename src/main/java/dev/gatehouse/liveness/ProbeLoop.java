package dev.gatehouse.liveness;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Probes one connector and keeps what the last probes came to. A task of its own, since a probe may
 * hang for as long as its time-out, and the look at a connector's parts must not.
 */
class ProbeLoop {

    private final ConnectorProbe probe;
    private final Duration interval;
    private final Clock clock;
    private final Consumer<ProbeResult> listener;
    private volatile ProbeHistory history = ProbeHistory.NONE;

    ProbeLoop(
            ConnectorProbe probe, Duration interval, Clock clock, Consumer<ProbeResult> listener) {
        this.probe = probe;
        this.interval = interval;
        this.clock = clock;
        this.listener = listener;
    }

    ProbeHistory history() {
        return history;
    }

    /** Half the interval after a failure, to confirm it soon. */
    Duration pause() {
        return history.failures() == 0 ? interval : interval.dividedBy(2);
    }

    /** A probe that throws stays counted as begun: the watch sees it wait. */
    void probe() {
        history = history.beginning(clock.instant());
        ProbeResult result = probe.probe();
        history = history.ended(result, clock.instant());
        listener.accept(result);
    }
}
