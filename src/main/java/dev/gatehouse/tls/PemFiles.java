package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.StringUtils;

/**
 * The PEM files of one pair, and the properties that name them.
 *
 * @param prefix what the properties' names begin with, up to the last dot
 */
record PemFiles(String prefix, PemSslBundleProperties.Store store) {

    private static final Logger logger = LoggerFactory.getLogger(PemFiles.class);

    private static final String SITE = "spring.ssl.bundle.pem.site.keystore";

    /** The configured ones: the default's, if it has any, and those of further certificates. */
    static List<PemFiles> configured(SslProperties ssl, TlsProperties tls) {
        List<PemFiles> all = new ArrayList<>();
        PemSslBundleProperties site = SiteBundle.pem(ssl);
        if (site != null && SiteBundle.of(ssl) == SiteBundle.CONFIGURED) {
            all.add(new PemFiles(SITE, site.getKeystore()));
        }
        for (int i = 0; i < tls.certificates().size(); i++) {
            all.add(
                    new PemFiles(
                            "gatehouse.tls.certificates[" + i + "]",
                            tls.certificates().get(i).asStore()));
        }
        return all;
    }

    /** Those of an SSL bundle. */
    static PemFiles ofBundle(String name, PemSslBundleProperties pem) {
        return new PemFiles("spring.ssl.bundle.pem." + name + ".keystore", pem.getKeystore());
    }

    /**
     * Reads them.
     *
     * @throws InvalidPropertyException that names the property and the file, and what is wrong
     */
    CertificateAndKey read() {
        return new CertificateAndKey(
                certificates(store.getCertificate()),
                privateKey(store.getPrivateKey(), store.getPrivateKeyPassword()));
    }

    /**
     * Reads them, and tries whether that engine can serve them.
     *
     * @throws UnusableKeyException if another engine might
     * @throws InvalidPropertyException if none can
     */
    void check(TlsEngine engine, String @Nullable [] protocols) {
        CertificateAndKey pair = read();
        if (pair.match(engine) == CertificateAndKey.Match.NO) {
            throw new InvalidPropertyException(
                    privateKeyProperty(),
                    describe(store.getPrivateKey()),
                    "is not the key of the certificate in " + describe(store.getCertificate()),
                    "Give both files of the same pair: the first certificate of the chain must be"
                            + " the one made for this key.");
        }
        try {
            CertificateCheck.tryHandshake(engine, pair, protocols);
        } catch (UnusableCertificateException ex) {
            throw new UnusableKeyException(
                    certificateProperty(), describe(store.getCertificate()), ex);
        }
        warnOfUnusedCertificates(pair);
    }

    private void warnOfUnusedCertificates(CertificateAndKey pair) {
        List<String> unused =
                certificates(store.getCertificate()).stream()
                        .filter(certificate -> !pair.chain().contains(certificate))
                        .map(certificate -> certificate.getSubjectX500Principal().getName())
                        .toList();
        if (!unused.isEmpty()) {
            logger.warn(
                    "{} holds certificates that are not in the chain of {}, and are not sent: {}",
                    describe(store.getCertificate()),
                    pair.leaf().getSubjectX500Principal().getName(),
                    unused);
        }
    }

    /** A certificate of a kind that the engine in use cannot serve. */
    static final class UnusableKeyException extends InvalidPropertyException {

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

    private List<X509Certificate> certificates(@Nullable String location) {
        PemContent content = read(certificateProperty(), location);
        try {
            List<X509Certificate> chain = content.getCertificates();
            chain.getFirst(); // throws if there is none
            return chain;
        } catch (RuntimeException ex) {
            throw new InvalidPropertyException(
                    certificateProperty(),
                    describe(location),
                    "has no certificate in PEM form",
                    "The file must hold the chain, the site's own certificate first, each between"
                            + " -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.",
                    ex);
        }
    }

    private PrivateKey privateKey(@Nullable String location, @Nullable String password) {
        PemContent content = read(privateKeyProperty(), location);
        try {
            PrivateKey key = content.getPrivateKey(password);
            if (key != null) {
                return key;
            }
            throw new IllegalStateException("No private key found");
        } catch (RuntimeException ex) {
            throw new InvalidPropertyException(
                    privateKeyProperty(),
                    describe(location),
                    "has no private key in PEM form that can be read",
                    "The file must hold a PKCS#8, PKCS#1 or SEC1 key; an encrypted one needs"
                            + " "
                            + privateKeyProperty()
                            + "-password.",
                    ex);
        }
    }

    private PemContent read(String property, @Nullable String location) {
        if (!StringUtils.hasText(location)) {
            throw new InvalidPropertyException(
                    property,
                    "",
                    "is not set, though the other half of the pair is",
                    "Set both "
                            + certificateProperty()
                            + " and "
                            + privateKeyProperty()
                            + ", or neither.");
        }
        if (PemContent.isPresentInText(location)) {
            return PemContent.of(location);
        }
        try (InputStream in =
                ApplicationResourceLoader.get(new DefaultResourceLoader(), true)
                        .getResource(location)
                        .getInputStream()) {
            return PemContent.load(in);
        } catch (IOException ex) {
            throw new InvalidPropertyException(
                    property,
                    location,
                    "cannot be read (" + ex.getMessage() + ")",
                    "Check that the file is there and that user '"
                            + System.getProperty("user.name")
                            + "' may read it.",
                    ex);
        }
    }

    private String certificateProperty() {
        return prefix + ".certificate";
    }

    private String privateKeyProperty() {
        return prefix + ".private-key";
    }

    /** A location as it is; content that was given in place of one, not at all. */
    private static String describe(@Nullable String location) {
        return PemContent.isPresentInText(location) ? "(PEM text)" : String.valueOf(location);
    }
}
