package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.StringUtils;

/**
 * The PEM files of one pair, and the properties that name them.
 *
 * @param prefix what the properties' names begin with, up to the last dot
 * @param trustCertificate location of the certificates that clients' ones are verified with
 */
record PemFiles(
        String prefix, PemSslBundleProperties.Store store, @Nullable String trustCertificate)
        implements CertificateSource {

    private static final Logger logger = LoggerFactory.getLogger(PemFiles.class);

    /** Those of an SSL bundle. */
    static PemFiles ofBundle(String name, PemSslBundleProperties pem) {
        return new PemFiles(
                "spring.ssl.bundle.pem." + name + ".keystore",
                pem.getKeystore(),
                pem.getTruststore().getCertificate());
    }

    @Override
    public CertificateAndKey read() {
        return new CertificateAndKey(
                certificates(store.getCertificate()),
                privateKey(store.getPrivateKey(), store.getPrivateKeyPassword()));
    }

    @Override
    public void check(TlsEngine engine, String @Nullable [] protocols) {
        CertificateAndKey pair = read();
        if (pair.match(engine) == CertificateAndKey.Match.NO) {
            throw new InvalidPropertyException(
                    privateKeyProperty(),
                    describe(store.getPrivateKey()),
                    "is not the key of the certificate in " + describe(store.getCertificate()),
                    "Give both files of the same pair: the first certificate of the chain must be"
                            + " the one made for this key.");
        }
        CertificateSource.tryHandshake(
                engine, pair, protocols, certificateProperty(), describe(store.getCertificate()));
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

    @Override
    public String trustProperty() {
        return prefix.replace(".keystore", ".truststore") + ".certificate";
    }

    @Override
    public String trustLocation() {
        return describe(trustCertificate);
    }

    private String privateKeyProperty() {
        return prefix + ".private-key";
    }

    /** A location as it is; content that was given in place of one, not at all. */
    static String describe(@Nullable String location) {
        return PemContent.isPresentInText(location)
                ? "(PEM text)"
                : Objects.requireNonNullElse(location, "");
    }
}
