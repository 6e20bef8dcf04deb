package dev.gatehouse.liveness;

/** Checks whether a connector answers. */
@FunctionalInterface
interface ConnectorProbe {

    /** Probes once, within its time-out. A failure is a result, not an exception. */
    ProbeResult probe();
}
