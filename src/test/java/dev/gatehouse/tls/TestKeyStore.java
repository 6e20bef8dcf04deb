package dev.gatehouse.tls;

import dev.gatehouse.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

/** Key stores as keytool makes them. */
final class TestKeyStore {

    static final String PASSWORD = "store-password-of-the-test";

    private final KeyStore store;

    private TestKeyStore(KeyStore store) {
        this.store = store;
    }

    /** An empty one. */
    static TestKeyStore ofType(String type) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            return new TestKeyStore(store);
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The bytes of one with a single entry. */
    static byte[] bytes(String type, TestCertificate certificate) {
        return ofType(type).with("site", certificate, PASSWORD).bytes(PASSWORD);
    }

    TestKeyStore with(String alias, TestCertificate certificate, String keyPassword) {
        try {
            store.setKeyEntry(
                    alias,
                    certificate.keyPair().getPrivate(),
                    keyPassword.toCharArray(),
                    new Certificate[] {certificate.certificate()});
            return this;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    TestKeyStore withTrusted(String alias, TestCertificate certificate) {
        try {
            store.setCertificateEntry(alias, certificate.certificate());
            return this;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    byte[] bytes(String password) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
