package dev.gatehouse.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sums up, in one line a minute, who connected and asked for nothing. */
class ScanReport implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(ScanReport.class);

    private final Connectors connectors;
    private final Duration interval;
    private @Nullable Thread thread;

    ScanReport(Connectors connectors, Duration interval) {
        this.connectors = connectors;
        this.interval = interval;
    }

    /** Writes the line, if there is anything to say. */
    void write() {
        for (ConnectorName name : ConnectorName.values()) {
            PeerSummary.Summary scans = connectors.protocol(name).scans().take();
            if (scans.connections() > 0) {
                logger.info(
                        "Connections to the {} connector that asked for nothing: {} within {} s",
                        name,
                        scans,
                        interval.toSeconds());
            }
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("scan-report").start(this::run);
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                write();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
