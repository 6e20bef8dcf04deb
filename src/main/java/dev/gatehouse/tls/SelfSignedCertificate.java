package dev.gatehouse.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;

/** An ECDSA P-256 certificate, signed by itself, that exists in memory alone. */
final class SelfSignedCertificate {

    /** The longest that Apple's platforms accept of a certificate: 398 days; a year is within. */
    static final Duration LIFETIME = Duration.ofDays(365);

    private final X509Certificate certificate;
    private final KeyPair keyPair;

    private SelfSignedCertificate(X509Certificate certificate, KeyPair keyPair) {
        this.certificate = certificate;
        this.keyPair = keyPair;
    }

    /** Makes a key and a certificate for these names, good from an hour ago. */
    static SelfSignedCertificate create(LocalNames names, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keyPair = generator.generateKeyPair();
            return new SelfSignedCertificate(
                    CertificateSigner.sign(keyPair, names, now, now.plus(LIFETIME)), keyPair);
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException("Cannot make a self-signed certificate", ex);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A key store, in memory and without a password, that holds the key and the certificate. */
    KeyStore keyStore() {
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keyStore.setKeyEntry(
                    "site", keyPair.getPrivate(), new char[0], new X509Certificate[] {certificate});
            return keyStore;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException("Cannot keep a self-signed certificate", ex);
        }
    }
}
