package dev.gatehouse.tls;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.config.InvalidPropertyException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;

/**
 * Spring Boot's SSL bundles, where those that the HTTPS connector serves change only when the new
 * certificate works and the connector accepted it: the bundle is what is served. Spring Boot itself
 * stores a changed bundle whatever it holds. The chains of PEM files are put in order, at the start
 * and at a reload: Java's key stores refuse others, which nginx serves. Of a key store, the entry
 * that is served is kept, without its password.
 */
class CheckedSslBundles extends DefaultSslBundleRegistry {

    private final Set<String> served;
    private final SslProperties ssl;
    private final CertificateCheck check;
    private final ReloadRecord record;
    private final ResourceLoader resources =
            ApplicationResourceLoader.get(new DefaultResourceLoader(), true);
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    CheckedSslBundles(
            ServedBundles served, SslProperties ssl, CertificateCheck check, ReloadRecord record) {
        this.served = served.names();
        this.ssl = ssl;
        this.check = check;
        this.record = record;
    }

    @Override
    public void registerBundle(String name, SslBundle bundle) {
        super.registerBundle(name, inOrder(name, bundle));
    }

    /** The same with the chain of its files in order, where it has files. */
    private SslBundle inOrder(String name, SslBundle bundle) {
        CertificateSource source = CertificateSource.ofBundle(name, ssl);
        if (source == null || !served.contains(name)) {
            return bundle;
        }
        CertificateAndKey pair = source.read();
        return SslBundle.of(
                SslStoreBundle.of(
                        pair.keyStore(), CertificateAndKey.NO_PASSWORD, source.trustStore(bundle)),
                SslBundleKey.NONE, // the only entry
                bundle.getOptions(),
                bundle.getProtocol());
    }

    @Override
    public synchronized void updateBundle(String name, SslBundle updated) {
        if (served.contains(name)) {
            replace(name, updated)
                    .ifPresent(
                            reason ->
                                    record.refused(
                                            name, reason, Certificates.describe(leaf(name))));
        } else {
            super.updateBundle(name, updated);
        }
    }

    /** Replaces a served bundle; returns the reason, as a clause, if the new one is refused. */
    synchronized Optional<String> replace(String name, SslBundle updated) {
        try {
            SslBundle inOrder = inOrder(name, updated);
            take(name, inOrder, check.check(inOrder).leaf());
            return Optional.empty();
        } catch (InvalidPropertyException ex) {
            String message = String.valueOf(ex.getMessage()).replaceFirst("\\.$", "");
            return Optional.of("the files cannot be read: " + message);
        } catch (UnusableCertificateException ex) {
            return Optional.of(ex.reason());
        }
    }

    private void take(String name, SslBundle updated, X509Certificate leaf)
            throws UnusableCertificateException {
        SslBundle previous = getBundle(name);
        try {
            super.updateBundle(name, updated);
        } catch (RuntimeException ex) {
            super.updateBundle(name, previous);
            throw new UnusableCertificateException(
                    "Tomcat refused it: " + ExceptionCauses.describe(ex));
        }
        record.taken(name, Certificates.describe(leaf));
    }

    /** Reads the files of a bundle again, as a change of theirs would. */
    void retry(String name) {
        PemSslBundleProperties pem = ssl.getBundle().getPem().get(name);
        JksSslBundleProperties jks = ssl.getBundle().getJks().get(name);
        if (pem != null) {
            updateBundle(name, PropertiesSslBundle.get(pem, resources));
        } else if (jks != null) {
            updateBundle(name, PropertiesSslBundle.get(jks, resources));
        }
    }

    /** Sets the bundle on the connector again. */
    synchronized void handOverAgain(String name) {
        super.updateBundle(name, getBundle(name));
    }

    /** The certificate that is to be served. */
    X509Certificate leaf(String name) {
        return chain(name).getFirst();
    }

    /** The same, followed by those above it that are sent with it. */
    List<X509Certificate> chain(String name) {
        SslBundle bundle = getBundle(name);
        Known last = known.get(name);
        if (last == null || !last.bundle().equals(bundle)) {
            last = new Known(bundle, readChain(name, bundle));
            known.put(name, last);
        }
        return last.chain();
    }

    private record Known(SslBundle bundle, List<X509Certificate> chain) {}

    private static List<X509Certificate> readChain(String name, SslBundle bundle) {
        try {
            return CertificateAndKey.of(bundle).chain();
        } catch (UnusableCertificateException ex) {
            throw new IllegalStateException("Bundle '" + name + "' holds no certificate", ex);
        }
    }
}
