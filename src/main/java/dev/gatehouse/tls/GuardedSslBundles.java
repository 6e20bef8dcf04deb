package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;

/**
 * Spring Boot's bundles, with a guard before those that the HTTPS connector serves. Boot would
 * store a changed bundle whatever it holds, before anybody has taken it. Here a bundle changes only
 * when the new pair works and the connector took it: what the bundle says is what is served.
 */
class GuardedSslBundles extends DefaultSslBundleRegistry {

    private final Set<String> guarded;
    private final SslProperties ssl;
    private final PairCheck check;
    private final ReloadRecord record;
    private final ResourceLoader resources =
            ApplicationResourceLoader.get(new DefaultResourceLoader(), true);
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    GuardedSslBundles(
            ServedBundles served, SslProperties ssl, PairCheck check, ReloadRecord record) {
        this.guarded = served.names();
        this.ssl = ssl;
        this.check = check;
        this.record = record;
    }

    @Override
    public synchronized void updateBundle(String name, SslBundle updated) {
        if (guarded.contains(name)) {
            replace(name, updated)
                    .ifPresent(
                            reason ->
                                    record.refused(
                                            name, reason, Certificates.describe(leaf(name))));
        } else {
            super.updateBundle(name, updated);
        }
    }

    /** Puts the bundle in the place of a guarded one; returns the reason if it was refused. */
    synchronized Optional<String> replace(String name, SslBundle updated) {
        try {
            take(name, updated, check.check(updated));
            return Optional.empty();
        } catch (UnusablePairException ex) {
            return Optional.of(ex.reason());
        }
    }

    private void take(String name, SslBundle updated, X509Certificate leaf)
            throws UnusablePairException {
        SslBundle previous = getBundle(name);
        try {
            super.updateBundle(name, updated);
        } catch (RuntimeException ex) {
            super.updateBundle(name, previous);
            throw new UnusablePairException("Tomcat refused it: " + Causes.of(ex));
        }
        record.taken(name, Certificates.describe(leaf));
    }

    /** Reads the files of a bundle again, as a change of theirs would. */
    void retry(String name) {
        PemSslBundleProperties pem = ssl.getBundle().getPem().get(name);
        if (pem != null) {
            updateBundle(name, PropertiesSslBundle.get(pem, resources));
        }
    }

    /** Hands the connector once more what it should serve. */
    synchronized void handOverAgain(String name) {
        super.updateBundle(name, getBundle(name));
    }

    /** The certificate that the bundle says is served. */
    X509Certificate leaf(String name) {
        SslBundle bundle = getBundle(name);
        Known last = known.get(name);
        if (last == null || !last.bundle().equals(bundle)) {
            last = new Known(bundle, readLeaf(name, bundle));
            known.put(name, last);
        }
        return last.leaf();
    }

    private record Known(SslBundle bundle, X509Certificate leaf) {}

    private static X509Certificate readLeaf(String name, SslBundle bundle) {
        try {
            return Pair.of(bundle).leaf();
        } catch (UnusablePairException ex) {
            throw new IllegalStateException("Bundle '" + name + "' holds no certificate", ex);
        }
    }
}
