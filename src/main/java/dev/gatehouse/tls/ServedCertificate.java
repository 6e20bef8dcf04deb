package dev.gatehouse.tls;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The certificate that the HTTPS connector is configured to serve, followed at each reload. */
public class ServedCertificate {

    private final boolean selfSigned;
    private volatile Current current;

    ServedCertificate(SslBundles bundles, SiteBundle site) {
        this.selfSigned = site == SiteBundle.SELF_SIGNED;
        this.current = Current.of(bundles.getBundle(site.bundleName()));
        bundles.addBundleUpdateHandler(
                site.bundleName(), updated -> this.current = Current.of(updated));
    }

    /** The site's own certificate, the first of the chain. */
    public X509Certificate leaf() {
        return current.leaf;
    }

    /** The names and addresses that the certificate is good for. */
    public CertificateNames names() {
        return current.names;
    }

    /** Whether it is the one that Gatehouse made because none was configured. */
    public boolean isSelfSigned() {
        return selfSigned;
    }

    private record Current(X509Certificate leaf, CertificateNames names) {

        static Current of(SslBundle bundle) {
            X509Certificate leaf = leafOf(bundle.getStores().getKeyStore());
            return new Current(leaf, CertificateNames.of(leaf));
        }

        private static X509Certificate leafOf(@Nullable KeyStore keyStore) {
            if (keyStore == null) {
                throw new IllegalStateException("The bundle has no key store");
            }
            try {
                for (String alias : Collections.list(keyStore.aliases())) {
                    if (keyStore.getCertificate(alias) instanceof X509Certificate certificate) {
                        return certificate;
                    }
                }
                throw new IllegalStateException("The bundle has no certificate");
            } catch (KeyStoreException ex) {
                throw new IllegalStateException("The bundle's key store cannot be read", ex);
            }
        }
    }
}
