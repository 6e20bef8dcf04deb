package dev.gatehouse.tls;

import dev.gatehouse.tls.engine.TlsEngine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * A certificate and its key, as a bundle holds them.
 *
 * @param leaf the site's own certificate, the first of the chain
 */
record Pair(X509Certificate leaf, PrivateKey key) {

    private static final byte[] PROBE = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads the bundle's files, once: Spring Boot keeps what was read.
     *
     * @throws UnusablePairException if there is no pair in it
     */
    static Pair of(SslBundle bundle) throws UnusablePairException {
        KeyStore keyStore = keyStore(bundle);
        String password = bundle.getStores().getKeyStorePassword();
        String keyPassword = bundle.getKey().getPassword();
        char[] secret = chars(keyPassword == null ? password : keyPassword);
        try {
            for (String alias : Collections.list(keyStore.aliases())) {
                Key key = keyStore.isKeyEntry(alias) ? keyStore.getKey(alias, secret) : null;
                if (key instanceof PrivateKey found
                        && keyStore.getCertificate(alias) instanceof X509Certificate leaf) {
                    return new Pair(leaf, found);
                }
            }
            throw new UnusablePairException("there is no private key beside the certificate");
        } catch (GeneralSecurityException ex) {
            throw new UnusablePairException("the key cannot be read: " + ex.getMessage());
        }
    }

    private static KeyStore keyStore(SslBundle bundle) throws UnusablePairException {
        try {
            KeyStore keyStore = bundle.getStores().getKeyStore();
            if (keyStore == null) {
                throw new UnusablePairException("there is no certificate");
            }
            return keyStore;
        } catch (RuntimeException ex) {
            throw new UnusablePairException("the files cannot be read: " + Causes.of(ex));
        }
    }

    private static char[] chars(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }

    /** Whether the certificate verifies what the key has signed. */
    boolean belongsTogether(TlsEngine engine) {
        try {
            Signature signer = engine.signature(signatureAlgorithm(key.getAlgorithm()));
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(leaf.getPublicKey());
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
}
