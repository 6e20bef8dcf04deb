package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import java.util.List;

/** The monitors of both connectors. */
public class ConnectorMonitors {

    private final List<ConnectorMonitor> monitors;

    ConnectorMonitors(List<ConnectorMonitor> monitors) {
        this.monitors = List.copyOf(monitors);
    }

    /** Both connectors as they are now, plain HTTP first. */
    public List<ConnectorReport> reports() {
        return monitors.stream().map(ConnectorMonitor::report).toList();
    }

    public ConnectorReport report(ConnectorName connector) {
        return monitor(connector).report();
    }

    ConnectorMonitor monitor(ConnectorName connector) {
        return monitors.stream()
                .filter(monitor -> monitor.connector() == connector)
                .findFirst()
                .orElseThrow();
    }
}
