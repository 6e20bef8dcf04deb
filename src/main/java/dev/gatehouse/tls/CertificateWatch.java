package dev.gatehouse.tls;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.tls.ObservedCertificates.Observation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the certificates that clients receive with those of the SSL bundles: reads a refused one
 * again, and hands one that is not on the wire to the connector again. The liveness probe observes
 * the default certificate; each name of the others is asked for here.
 */
class CertificateWatch {

    /** A handshake may fall between the reload of the bundle and that of the connector. */
    private static final int TOLERATED = 2;

    private static final int NAMES_PER_LOOK = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ServedBundles served;
    private final CheckedSslBundles bundles;
    private final ProbeHandshake probe;
    private final Supplier<InetSocketAddress> address;
    private final ObservedCertificates observed;
    private final ReloadRecord record;
    private final CertificateWarnings warnings = new CertificateWarnings();
    private final Clock clock;
    private final Map<String, Names> names = new HashMap<>();
    private @Nullable Observation compared;

    CertificateWatch(
            ServedBundles served,
            CheckedSslBundles bundles,
            ProbeHandshake probe,
            Supplier<InetSocketAddress> address,
            ObservedCertificates observed,
            ReloadRecord record,
            Clock clock) {
        this.served = served;
        this.bundles = bundles;
        this.probe = probe;
        this.address = address;
        this.observed = observed;
        this.record = record;
        this.clock = clock;
    }

    /** Looks once at each certificate. */
    void look() {
        for (ServedBundle bundle : served.all()) {
            look(bundle);
        }
    }

    private void look(ServedBundle bundle) {
        String name = bundle.name();
        record.trouble(name)
                .filter(trouble -> trouble.outcome() == ReloadOutcome.REFUSED)
                .ifPresent(_ -> bundles.retry(name));
        if (bundle.equals(served.byDefault())) {
            compareObserved(bundle);
        } else if (bundle.isForAnyName()) {
            ask(bundle, null);
        } else {
            names(bundle).next(bundle.serverNames()).forEach(each -> ask(bundle, each));
        }
        if (served.isConfigured() || !bundle.equals(served.byDefault())) {
            // an obtained or self-signed certificate is renewed by the application, in time
            warnings.look(name, bundles.chain(name), clock.instant());
        }
    }

    private void compareObserved(ServedBundle bundle) {
        Observation last = observed.last(bundle.name());
        if (last != null && !last.equals(compared)) {
            compared = last;
            compare(bundle, "", last.leaf());
        }
    }

    private void ask(ServedBundle bundle, @Nullable String serverName) {
        String key = serverName == null ? "" : serverName;
        try (Socket socket = new Socket()) {
            int millis = Math.toIntExact(TIMEOUT.toMillis());
            socket.connect(address.get(), millis);
            socket.setSoTimeout(millis);
            String asked = serverName == null ? null : serverName.replace("*", "any");
            try (Socket tls = probe.over(socket, bundle, asked).socket()) {
                tls.getOutputStream().write(request(asked));
                tls.getInputStream().readAllBytes();
            }
            observed.leaf(bundle.name()).ifPresent(leaf -> compare(bundle, key, leaf));
        } catch (SSLException ex) {
            failed(bundle, key, ExceptionCauses.describe(ex));
        } catch (IOException _) {
            // whether the connector answers at all is the liveness probe's to say
        }
    }

    /** A request, so that the connection does not count as one that said nothing. */
    private static byte[] request(@Nullable String host) {
        return ("GET /ping HTTP/1.1\r\nHost: "
                        + (host == null ? "localhost" : host)
                        + "\r\nUser-Agent: gatehouse-probe\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void compare(ServedBundle bundle, String serverName, X509Certificate leaf) {
        String name = bundle.name();
        Names each = names(bundle);
        if (leaf.equals(bundles.leaf(name))) {
            each.right(serverName);
            if (each.areAllRight()) {
                record.onWire(name);
            }
        } else if (each.wrong(serverName, "on the wire is " + Certificates.describe(leaf))) {
            record.notOnWire(name, each.reason());
            bundles.handOverAgain(name);
        }
    }

    private void failed(ServedBundle bundle, String serverName, String reason) {
        Names each = names(bundle);
        if (each.wrong(serverName, "no handshake succeeds: " + reason)) {
            record.notServed(bundle.name(), each.reason());
        }
    }

    private Names names(ServedBundle bundle) {
        return names.computeIfAbsent(bundle.name(), _ -> new Names());
    }

    /** What the handshakes for each name of a bundle showed; the empty name is that of none. */
    private static final class Names {

        private final Map<String, Integer> wrongInARow = new HashMap<>();
        private final Map<String, String> reasons = new TreeMap<>();
        private int first;

        /** The names to ask for in this look: all in turn, a few at a time. */
        List<String> next(List<String> all) {
            if (all.size() <= NAMES_PER_LOOK) {
                return all;
            }
            List<String> rotated = new ArrayList<>(all);
            Collections.rotate(rotated, -first);
            first = (first + NAMES_PER_LOOK) % all.size();
            return rotated.subList(0, NAMES_PER_LOOK);
        }

        void right(String name) {
            wrongInARow.remove(name);
            reasons.remove(name);
        }

        /** Returns whether it has been wrong for longer than is tolerated. */
        boolean wrong(String name, String reason) {
            if (wrongInARow.merge(name, 1, Integer::sum) <= TOLERATED) {
                return false;
            }
            reasons.put(name, name.isEmpty() ? reason : name + ": " + reason);
            return true;
        }

        boolean areAllRight() {
            return reasons.isEmpty();
        }

        String reason() {
            return String.join("; ", reasons.values());
        }
    }
}
