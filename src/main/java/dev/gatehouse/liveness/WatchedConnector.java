package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.task.PeriodicTasks;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that watches one connector, put together. */
record WatchedConnector(ConnectorWatch watch, ProbeLoop probes) {

    static WatchedConnector of(
            ConnectorName name,
            PeriodicTasks tasks,
            Connectors connectors,
            PingProbe.Transport transport,
            LivenessProperties properties,
            ConnectorEvents events,
            Consumer<ProbeResult> probeListener,
            Clock clock) {
        PingProbe probe =
                new PingProbe(
                        () -> connectors.localAddress(name), properties.probeTimeout(), transport);
        ProbeLoop probes = new ProbeLoop(probe, properties.probeInterval(), clock, probeListener);
        FactsSource source =
                new FactsSource(
                        probes::tally,
                        connectors.answers(name),
                        connectors.inspection(name),
                        clock);
        connectors.answers(name).setFresh(properties.probeTimeout());
        ConnectorWatch watch =
                new ConnectorWatch(
                        name,
                        source,
                        new VerdictRule(properties.thresholds()),
                        healer(name, connectors, properties, events),
                        events,
                        properties.probeInterval(),
                        clock);
        // Two platform threads: virtual threads are among what may have failed.
        tasks.add("probe-" + name.tag(), probes::pause, probes::probe);
        tasks.add("watch-" + name.tag(), properties.probeInterval(), watch::look);
        return new WatchedConnector(watch, probes);
    }

    private static @Nullable ConnectorHealer healer(
            ConnectorName name,
            Connectors connectors,
            LivenessProperties properties,
            ConnectorEvents events) {
        return properties.restartConnector()
                ? new ConnectorHealer(
                        name,
                        () -> connectors.restart(name),
                        properties.aliveAfterRestart(),
                        new RestartBudget(properties.restartPause(), properties.restartsPerHour()),
                        events)
                : null;
    }
}
