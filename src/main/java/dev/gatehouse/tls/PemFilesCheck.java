package dev.gatehouse.tls;

import dev.gatehouse.startup.InvalidPropertyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Reads the configured PEM files before Spring Boot does, to say which property names which file
 * and what is wrong with it. Registers nothing.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PemFilesCheck implements SslBundleRegistrar {

    static final String CERTIFICATE = "spring.ssl.bundle.pem.site.keystore.certificate";
    static final String PRIVATE_KEY = "spring.ssl.bundle.pem.site.keystore.private-key";

    private static final byte[] PROBE = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    private final SslProperties ssl;

    PemFilesCheck(SslProperties ssl) {
        this.ssl = ssl;
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        PemSslBundleProperties site = SiteBundle.pem(ssl);
        if (site != null && SiteBundle.of(ssl) == SiteBundle.CONFIGURED) {
            check(site.getKeystore());
        }
    }

    private static void check(PemSslBundleProperties.Store store) {
        X509Certificate leaf = certificate(store.getCertificate());
        PrivateKey key = privateKey(store.getPrivateKey(), store.getPrivateKeyPassword());
        if (!belongTogether(key, leaf.getPublicKey())) {
            throw new InvalidPropertyException(
                    PRIVATE_KEY,
                    describe(store.getPrivateKey()),
                    "is not the key of the certificate in " + describe(store.getCertificate()),
                    "Give both files of the same pair: the first certificate of the chain must be"
                            + " the one made for this key.");
        }
    }

    private static X509Certificate certificate(@Nullable String location) {
        PemContent content = read(CERTIFICATE, location);
        try {
            List<X509Certificate> chain = content.getCertificates();
            return chain.getFirst();
        } catch (RuntimeException ex) {
            throw new InvalidPropertyException(
                    CERTIFICATE,
                    describe(location),
                    "has no certificate in PEM form",
                    "The file must hold the chain, the site's own certificate first, each between"
                            + " -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.",
                    ex);
        }
    }

    private static PrivateKey privateKey(@Nullable String location, @Nullable String password) {
        PemContent content = read(PRIVATE_KEY, location);
        try {
            PrivateKey key = content.getPrivateKey(password);
            if (key != null) {
                return key;
            }
            throw new IllegalStateException("No private key found");
        } catch (RuntimeException ex) {
            throw new InvalidPropertyException(
                    PRIVATE_KEY,
                    describe(location),
                    "has no private key in PEM form that can be read",
                    "The file must hold a PKCS#8, PKCS#1 or SEC1 key; an encrypted one needs"
                            + " spring.ssl.bundle.pem.site.keystore.private-key-password.",
                    ex);
        }
    }

    private static PemContent read(String property, @Nullable String location) {
        if (!StringUtils.hasText(location)) {
            throw new InvalidPropertyException(
                    property,
                    "",
                    "is not set, though the other half of the pair is",
                    "Set both " + CERTIFICATE + " and " + PRIVATE_KEY + ", or neither.");
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

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        try {
            Signature signer = Signature.getInstance(signatureAlgorithm(key.getAlgorithm()));
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(certified);
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // a key of another kind than the certificate's
        }
    }

    private static String signatureAlgorithm(String keyAlgorithm) {
        return switch (keyAlgorithm) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> keyAlgorithm; // EdDSA and RSASSA-PSS name themselves
        };
    }

    /** A location as it is; content that was given in place of one, not at all. */
    private static String describe(@Nullable String location) {
        return PemContent.isPresentInText(location) ? "(PEM text)" : String.valueOf(location);
    }
}
