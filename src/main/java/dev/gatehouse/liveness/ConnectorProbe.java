package dev.gatehouse.liveness;

/** Looks whether a connector does what it is there for. */
@FunctionalInterface
interface ConnectorProbe {

    /** Probes once, within the probe's own time-out, and never throws. */
    ProbeResult probe();
}
