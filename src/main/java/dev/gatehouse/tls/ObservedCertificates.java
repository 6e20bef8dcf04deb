package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The certificates that the last handshakes of the probes received, by SSL bundle. */
class ObservedCertificates {

    private final Map<String, Observation> last = new ConcurrentHashMap<>();

    /** One handshake's certificate; each handshake makes another. */
    static final class Observation {

        private final X509Certificate leaf;

        private Observation(X509Certificate leaf) {
            this.leaf = leaf;
        }

        X509Certificate leaf() {
            return leaf;
        }
    }

    void add(String bundle, X509Certificate leaf) {
        last.put(bundle, new Observation(leaf));
    }

    @Nullable Observation last(String bundle) {
        return last.get(bundle);
    }

    Optional<X509Certificate> leaf(String bundle) {
        return Optional.ofNullable(last.get(bundle)).map(Observation::leaf);
    }
}
