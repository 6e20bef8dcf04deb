package dev.gatehouse.tls;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.engine.TlsEngine;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;

/** The files of a configured certificate and key, and the properties that name them. */
sealed interface CertificateSource permits PemFiles, KeyStoreFile {

    /** The configured ones: the default's, if it has any, and those of further certificates. */
    static List<CertificateSource> configured(SslProperties ssl, TlsProperties tls) {
        List<CertificateSource> all = new ArrayList<>();
        if (SiteBundle.of(ssl) == SiteBundle.CONFIGURED) {
            CertificateSource site = ofBundle(SiteBundle.CONFIGURED.bundleName(), ssl);
            if (site != null) {
                all.add(site);
            }
        }
        for (int i = 0; i < tls.certificates().size(); i++) {
            all.add(
                    new PemFiles(
                            "gatehouse.tls.certificates[" + i + "]",
                            tls.certificates().get(i).asStore(),
                            null));
        }
        return all;
    }

    /** Those of an SSL bundle, or null where it is not of files. */
    static @Nullable CertificateSource ofBundle(String name, SslProperties ssl) {
        PemSslBundleProperties pem = ssl.getBundle().getPem().get(name);
        if (pem != null) {
            return PemFiles.ofBundle(name, pem);
        }
        JksSslBundleProperties jks = ssl.getBundle().getJks().get(name);
        return jks == null ? null : KeyStoreFile.ofBundle(name, jks);
    }

    /**
     * Reads them.
     *
     * @throws InvalidPropertyException that names the property and the file, and what is wrong
     */
    CertificateAndKey read();

    /**
     * Reads them, and tries whether that engine can serve them.
     *
     * @throws UnusableKeyException if another engine might
     * @throws InvalidPropertyException if none can
     */
    void check(TlsEngine engine, String @Nullable [] protocols);

    /** The property that names the certificates that clients' ones are verified with. */
    String trustProperty();

    /** Its value, for a message. */
    String trustLocation();

    /**
     * Those certificates, or null without any.
     *
     * @throws InvalidPropertyException if their file cannot be read
     */
    default @Nullable KeyStore trustStore(SslBundle bundle) {
        try {
            return bundle.getStores().getTrustStore();
        } catch (RuntimeException ex) {
            throw new InvalidPropertyException(
                    trustProperty(),
                    trustLocation(),
                    "cannot be read (" + ExceptionCauses.describe(ex) + ")",
                    "Check the file, its password and its type.");
        }
    }

    /** Tries a handshake, and names the property of the certificate if none is possible. */
    static void tryHandshake(
            TlsEngine engine,
            CertificateAndKey pair,
            String @Nullable [] protocols,
            String property,
            String file) {
        try {
            CertificateCheck.tryHandshake(engine, pair, protocols);
        } catch (UnusableCertificateException ex) {
            throw new UnusableKeyException(property, file, ex);
        }
    }

    /** A certificate of a kind that the engine in use cannot serve. */
    final class UnusableKeyException extends InvalidPropertyException {

        private static final long serialVersionUID = 1L;

        UnusableKeyException(String property, String file, UnusableCertificateException cause) {
            super(
                    property,
                    file,
                    "cannot be served: " + cause.reason(),
                    "Use a certificate with an ECDSA P-256 or RSA key, which every client supports.",
                    cause);
        }
    }
}
