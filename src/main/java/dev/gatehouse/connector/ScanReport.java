package dev.gatehouse.connector;

import dev.gatehouse.connector.nio.PeerSummary;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once per interval how many connections sent no request. */
class ScanReport {

    private static final Logger logger = LoggerFactory.getLogger(ScanReport.class);

    private final Connectors connectors;
    private final Duration interval;

    ScanReport(Connectors connectors, Duration interval) {
        this.connectors = connectors;
        this.interval = interval;
    }

    /** Logs a line for each connector with such connections. */
    void write() {
        for (ConnectorName name : ConnectorName.values()) {
            PeerSummary.Summary scans = connectors.get(name).protocol().scans().take();
            if (scans.connections() > 0) {
                logger.info(
                        "Connections to the {} connector that asked for nothing: {} within {} s",
                        name,
                        scans,
                        interval.toSeconds());
            }
        }
    }
}
