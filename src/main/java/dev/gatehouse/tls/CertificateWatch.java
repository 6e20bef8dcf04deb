package dev.gatehouse.tls;

import dev.gatehouse.tls.WireLook.Sight;
import dev.gatehouse.tls.WireLook.Sight.Seen;
import dev.gatehouse.tls.WireLook.Sight.Unseen;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is on the wire with what the bundles say, again and again, and mends what can be
 * mended: a refused pair is read again, a bundle that is not on the wire is handed over again.
 */
class CertificateWatch {

    private static final Logger logger = LoggerFactory.getLogger(CertificateWatch.class);

    /** A look may fall between the reload of the bundle and that of the connector. */
    private static final int TOLERATED_LOOKS = 2;

    private final ServedBundles served;
    private final GuardedSslBundles bundles;
    private final Function<ServedBundle, Sight> wire;
    private final WireCertificates onWire;
    private final ReloadRecord record;
    private final ExpiryWarnings expiry = new ExpiryWarnings();
    private final Clock clock;
    private final Map<String, Integer> differences = new HashMap<>();

    CertificateWatch(
            ServedBundles served,
            GuardedSslBundles bundles,
            Function<ServedBundle, Sight> wire,
            WireCertificates onWire,
            ReloadRecord record,
            Clock clock) {
        this.served = served;
        this.bundles = bundles;
        this.wire = wire;
        this.onWire = onWire;
        this.record = record;
        this.clock = clock;
    }

    /** Looks once at each certificate. */
    void look() {
        for (ServedBundle bundle : served.all()) {
            try {
                look(bundle);
            } catch (RuntimeException ex) {
                logger.warn("Certificate '{}' could not be checked", bundle.name(), ex);
            }
        }
    }

    private void look(ServedBundle bundle) {
        String name = bundle.name();
        record.trouble(name)
                .filter(trouble -> trouble.outcome() == ReloadOutcome.REFUSED)
                .ifPresent(_ -> bundles.retry(name));
        switch (wire.apply(bundle)) {
            case Seen seen -> compare(name, seen.leaf());
            case Unseen _ -> {} // whether the connector answers is the liveness probe's to say
        }
        if (served.isConfigured() || !bundle.equals(served.byDefault())) {
            // an obtained or self-signed certificate is renewed by the application, in time
            expiry.look(name, onWire.leaf(name), clock.instant());
        }
    }

    private void compare(String name, X509Certificate leaf) {
        onWire.put(name, leaf);
        if (leaf.equals(bundles.leaf(name))) {
            differences.remove(name);
            record.onWire(name);
            return;
        }
        if (differences.merge(name, 1, Integer::sum) > TOLERATED_LOOKS) {
            record.notOnWire(name, "on the wire is " + Certificates.describe(leaf));
            bundles.handOverAgain(name);
        }
    }
}
