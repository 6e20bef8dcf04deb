package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.nio.ConnectionKind;
import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.OtherCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one connector, shown by the health indicator, the endpoint, the metrics and the
 * status page.
 *
 * @param port bound port, or -1
 * @param verdict the last verdict
 * @param stale whether that verdict is too old to be trusted
 * @param restarts restarts since the start of the process
 * @param vitals threads, limit and live connections, or null before the first check
 * @param lastEvidence when a fresh connection last got a good answer, or null if none did
 * @param lastProbe result of the last probe, or null before the first
 * @param openConnections connections that count against the limit now
 * @param requests requests since the start of the process
 * @param connections connections since the start of the process, by kind
 */
public record ConnectorReport(
        ConnectorName connector,
        int port,
        Verdict verdict,
        boolean stale,
        int restarts,
        @Nullable ConnectorVitals vitals,
        @Nullable Instant lastEvidence,
        @Nullable ProbeResult lastProbe,
        long openConnections,
        long requests,
        Map<ConnectionKind, Long> connections) {

    /** A connector's name for people. */
    public static String title(ConnectorName connector) {
        return connector == ConnectorName.HTTP ? "Plain HTTP" : "HTTPS";
    }

    /** Whether a check has judged the connector yet. */
    public boolean isChecked() {
        return vitals != null;
    }

    /** The verdict in a word: {@code alive}, {@code busy}, {@code dead} or {@code unknown}. */
    public String tag() {
        if (isDown()) {
            return Verdict.State.DEAD.tag();
        }
        return isChecked() ? verdict.state().tag() : "unknown";
    }

    /** Whether liveness is DOWN. */
    public boolean isDown() {
        return stale || verdict.isDead();
    }

    /** Why the connector is in its state, for operators. */
    public String reason() {
        return stale ? "no look since " + verdict.at() : verdict.evidence();
    }

    public boolean isPollerSpinning() {
        return vitals != null && vitals.pollerSpinning();
    }

    public boolean isUnlimited() {
        return vitals != null && vitals.isUnlimited();
    }

    public long permits() {
        return vitals == null ? -1 : vitals.permits();
    }

    public int limit() {
        return vitals == null ? -1 : vitals.limit();
    }

    public int live() {
        return vitals == null ? -1 : vitals.live();
    }

    /** How long the last probe took, or null if it was not answered. */
    public @Nullable Long probeMillis() {
        Duration took =
                switch (lastProbe) {
                    case Answered(var duration) -> duration;
                    case OtherCertificate(var duration, _) -> duration;
                    case Failed _ -> null;
                    case null -> null;
                };
        return took == null ? null : took.toMillis();
    }

    /** Connections that sent no request. */
    public long scans() {
        return connections.entrySet().stream()
                .filter(count -> count.getKey().isScan())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
