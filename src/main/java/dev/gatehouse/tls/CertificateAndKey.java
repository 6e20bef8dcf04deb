package dev.gatehouse.tls;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * A certificate chain and the private key of its first certificate.
 *
 * @param chain the site's own certificate first, each certificate followed by its issuer's
 */
record CertificateAndKey(List<X509Certificate> chain, PrivateKey key) {

    /** Of a key store in memory. */
    static final String NO_PASSWORD = "";

    private static final String ALIAS = "site";
    private static final byte[] SIGNED = "gatehouse".getBytes(StandardCharsets.US_ASCII);

    /** Puts the certificates in order: see {@link #pathFromFirst}. */
    CertificateAndKey {
        chain = pathFromFirst(chain);
    }

    /**
     * The first certificate and the issuers above it, in whatever order they are given; duplicates
     * and certificates that are not on that path are left out.
     */
    private static List<X509Certificate> pathFromFirst(List<X509Certificate> certificates) {
        List<X509Certificate> path = new ArrayList<>();
        Optional<X509Certificate> next = certificates.stream().findFirst();
        while (next.isPresent()) {
            X509Certificate last = next.get();
            path.add(last);
            next =
                    isSelfIssued(last)
                            ? Optional.empty()
                            : certificates.stream()
                                    .filter(candidate -> isIssuer(candidate, last))
                                    .filter(candidate -> !path.contains(candidate))
                                    .findFirst();
        }
        return List.copyOf(path);
    }

    private static boolean isIssuer(X509Certificate candidate, X509Certificate issued) {
        return candidate.getSubjectX500Principal().equals(issued.getIssuerX500Principal());
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return isIssuer(certificate, certificate);
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    /**
     * Reads the key store of a bundle.
     *
     * @throws UnusableCertificateException if it holds no private key with a certificate
     */
    static CertificateAndKey of(SslBundle bundle) throws UnusableCertificateException {
        KeyStore keyStore = keyStore(bundle);
        String password = bundle.getStores().getKeyStorePassword();
        String keyPassword = bundle.getKey().getPassword();
        char[] secret = chars(keyPassword == null ? password : keyPassword);
        try {
            for (String alias : Collections.list(keyStore.aliases())) {
                Key key = keyStore.isKeyEntry(alias) ? keyStore.getKey(alias, secret) : null;
                Certificate[] chain = keyStore.getCertificateChain(alias);
                if (key instanceof PrivateKey found && chain != null && chain.length > 0) {
                    return new CertificateAndKey(x509(chain), found);
                }
            }
            throw new UnusableCertificateException(
                    "there is no private key beside the certificate");
        } catch (GeneralSecurityException ex) {
            throw new UnusableCertificateException("the key cannot be read: " + ex.getMessage());
        }
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private static KeyStore keyStore(SslBundle bundle) throws UnusableCertificateException {
        try {
            KeyStore keyStore = bundle.getStores().getKeyStore();
            if (keyStore == null) {
                throw new UnusableCertificateException("there is no certificate");
            }
            return keyStore;
        } catch (RuntimeException ex) {
            throw new UnusableCertificateException(
                    "the files cannot be read: " + ExceptionCauses.describe(ex));
        }
    }

    private static char[] chars(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }

    /** A key store, in memory and without a password, that holds nothing else. */
    KeyStore keyStore() {
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keyStore.setKeyEntry(
                    ALIAS, key, NO_PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return keyStore;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException("Cannot create a key store in memory", ex);
        }
    }

    /** Whether the key is the certificate's, whatever kind it is of. */
    enum Match {
        YES,
        NO,
        /** The engine knows no key of this kind. */
        UNKNOWN_KIND
    }

    Match match(TlsEngine engine) {
        PublicKey publicKey = leaf().getPublicKey();
        if (publicKey instanceof RSAKey known && key instanceof RSAKey secret) {
            return known.getModulus().equals(secret.getModulus()) ? Match.YES : Match.NO;
        }
        if (!publicKey.getAlgorithm().equals(key.getAlgorithm())) {
            return Match.NO;
        }
        try {
            Signature signature =
                    engine.signature(
                            key.getAlgorithm().equals("EC")
                                    ? "SHA256withECDSA"
                                    : key.getAlgorithm()); // EdDSA names itself
            signature.initSign(key);
            signature.update(SIGNED);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SIGNED);
            return signature.verify(signed) ? Match.YES : Match.NO;
        } catch (GeneralSecurityException | RuntimeException _) {
            return Match.UNKNOWN_KIND;
        }
    }

    /** The kind of key, such as {@code RSA}, {@code EC secp256k1} or {@code Ed448}. */
    String kindOfKey() {
        return switch (leaf().getPublicKey()) {
            case ECKey key -> "EC " + key.getParams().toString().split(" ", 2)[0];
            case EdECKey key -> key.getParams().getName();
            case PublicKey key -> key.getAlgorithm();
        };
    }

    /** A key must not be printed. */
    @Override
    public String toString() {
        return Certificates.describe(leaf());
    }
}
