package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorVitals;
import dev.gatehouse.connector.Workers;
import dev.gatehouse.liveness.ProbeResult.Failure;
import java.time.Instant;
import java.util.Optional;

/** What only a dead connector shows, however busy it is. */
final class HardSign {

    private static final int HANDSHAKES_TO_TELL = 3;

    private HardSign() {}

    /** The sign that these facts bear, given what has been answered since then. */
    static Optional<Reason> of(Facts facts, Instant lastLook) {
        Optional<Reason> missing = missingPart(facts.vitals());
        return missing.isPresent() ? missing : symptom(facts, lastLook);
    }

    /** Without one of its parts it answers nobody, whatever it answered a moment ago. */
    private static Optional<Reason> missingPart(ConnectorVitals vitals) {
        if (!vitals.started()) {
            return Optional.of(Reason.NOT_STARTED);
        }
        if (vitals.acceptorGone()) {
            return Optional.of(Reason.ACCEPTOR_GONE);
        }
        if (vitals.pollerGone()) {
            return Optional.of(Reason.POLLER_GONE);
        }
        return vitals.workers() == Workers.SHUT_DOWN
                ? Optional.of(Reason.WORKERS_SHUT_DOWN)
                : Optional.empty();
    }

    private static Optional<Reason> symptom(Facts facts, Instant lastLook) {
        if (facts.isAnsweredSince(lastLook)) {
            return Optional.empty();
        }
        if (facts.vitals().isLeaking()) {
            return Optional.of(Reason.PERMITS_LEAKED);
        }
        if (facts.probes().failedBy(Failure.REFUSED)) {
            return Optional.of(Reason.REFUSED);
        }
        // Without a descriptor no handshake can be made either, whatever TLS is configured with.
        return facts.probes().handshakeFailures() >= HANDSHAKES_TO_TELL
                        && facts.descriptorsOutSince() == null
                ? Optional.of(Reason.HANDSHAKE_FAILS)
                : Optional.empty();
    }
}
