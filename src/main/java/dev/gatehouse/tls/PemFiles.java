package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
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

    /** Reads them, and says which property names which file and what is wrong with it. */
    void check(TlsEngine engine) {
        X509Certificate leaf = certificate(store.getCertificate());
        PrivateKey key = privateKey(store.getPrivateKey(), store.getPrivateKeyPassword());
        if (!new Pair(leaf, key).belongsTogether(engine)) {
            throw new InvalidPropertyException(
                    privateKeyProperty(),
                    describe(store.getPrivateKey()),
                    "is not the key of the certificate in " + describe(store.getCertificate()),
                    "Give both files of the same pair: the first certificate of the chain must be"
                            + " the one made for this key.");
        }
    }

    private X509Certificate certificate(@Nullable String location) {
        PemContent content = read(certificateProperty(), location);
        try {
            List<X509Certificate> chain = content.getCertificates();
            return chain.getFirst();
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
