package dev.gatehouse.liveness;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes one connector again and again. On a thread of its own, since a probe may hang for as long
 * as its time-out, and the look at a connector's parts must not.
 */
class ProbeLoop {

    private static final Logger logger = LoggerFactory.getLogger(ProbeLoop.class);

    private final ConnectorProbe probe;
    private final Duration interval;
    private final Clock clock;
    private final Consumer<ProbeResult> listener;
    private volatile ProbeTally tally = ProbeTally.NONE;

    ProbeLoop(
            ConnectorProbe probe, Duration interval, Clock clock, Consumer<ProbeResult> listener) {
        this.probe = probe;
        this.interval = interval;
        this.clock = clock;
        this.listener = listener;
    }

    ProbeTally tally() {
        return tally;
    }

    /** Probes until the thread is interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                probeAndLiveOn();
                Thread.sleep(pause());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Half as long after a failure: whether it was one is soon to be known. */
    Duration pause() {
        return tally.failures() == 0 ? interval : interval.dividedBy(2);
    }

    /** A probe that throws has not answered, and is counted as begun: the look sees it wait. */
    private void probeAndLiveOn() {
        try {
            probe();
        } catch (RuntimeException | Error ex) {
            logger.error("A probe failed by itself", ex);
        }
    }

    void probe() {
        tally = tally.beginning(clock.instant());
        ProbeResult result = probe.probe();
        tally = tally.ended(result, clock.instant());
        listener.accept(result);
    }
}
