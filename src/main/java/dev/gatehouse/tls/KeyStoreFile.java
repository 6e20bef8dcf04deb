package dev.gatehouse.tls;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.engine.TlsEngine;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.StringUtils;

/**
 * A PKCS#12 or JKS key store, which holds a certificate's chain and its key, perhaps among others.
 */
record KeyStoreFile(JksSslBundleProperties properties, Names names) implements CertificateSource {

    private static final String ENCODED = "base64:";

    /** The properties, as they were configured. */
    record Names(
            String location,
            String password,
            String type,
            String alias,
            String keyPassword,
            String trustLocation) {

        static final Names OF_SERVER =
                new Names(
                        "server.ssl.key-store",
                        "server.ssl.key-store-password",
                        "server.ssl.key-store-type",
                        "server.ssl.key-alias",
                        "server.ssl.key-password",
                        "server.ssl.trust-store");

        static Names ofBundle(String name) {
            String prefix = "spring.ssl.bundle.jks." + name + ".";
            return new Names(
                    prefix + "keystore.location",
                    prefix + "keystore.password",
                    prefix + "keystore.type",
                    prefix + "key.alias",
                    prefix + "key.password",
                    prefix + "truststore.location");
        }
    }

    static KeyStoreFile ofBundle(String name, JksSslBundleProperties properties) {
        return new KeyStoreFile(
                properties,
                properties instanceof SiteKeyStore.OfServer
                        ? Names.OF_SERVER
                        : Names.ofBundle(name));
    }

    @Override
    public CertificateAndKey read() {
        KeyStore store = open();
        try {
            String alias = alias(store);
            List<X509Certificate> chain =
                    Arrays.stream(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList();
            return new CertificateAndKey(chain, privateKey(store, alias));
        } catch (GeneralSecurityException ex) {
            throw unreadable(ExceptionCauses.describe(ex));
        }
    }

    private KeyStore open() {
        if (!StringUtils.hasText(properties.getKeystore().getLocation())) {
            throw new InvalidPropertyException(
                    names.location,
                    "",
                    "is not set, though other properties of the key store are",
                    "Set it to the path of a PKCS#12 or JKS file, or remove the others.");
        }
        try {
            return Objects.requireNonNull(
                    PropertiesSslBundle.get(
                                    properties,
                                    ApplicationResourceLoader.get(
                                            new DefaultResourceLoader(), true))
                            .getStores()
                            .getKeyStore());
        } catch (RuntimeException ex) {
            throw rejected(ex);
        }
    }

    private InvalidPropertyException rejected(RuntimeException ex) {
        if (ExceptionCauses.find(ex, UnrecoverableKeyException.class) != null) {
            return new InvalidPropertyException(
                    names.location,
                    location(),
                    "cannot be opened with its password",
                    "Set " + names.password + " to the password that the file was made with.");
        }
        if (ExceptionCauses.find(ex, FileNotFoundException.class) != null
                || ExceptionCauses.find(ex, FileSystemException.class) != null) {
            return new InvalidPropertyException(
                    names.location,
                    location(),
                    "cannot be read (" + ExceptionCauses.describe(ex) + ")",
                    "Check that the file is there and that user '"
                            + System.getProperty("user.name")
                            + "' may read it.");
        }
        if (ExceptionCauses.find(ex, EOFException.class) != null) {
            return unreadable("it ends too early");
        }
        return unreadable(
                isEncoded() ? "its base64 or what it encodes" : ExceptionCauses.describe(ex));
    }

    private InvalidPropertyException unreadable(String reason) {
        return new InvalidPropertyException(
                names.location,
                location(),
                "is not a key store that can be read (" + reason + ")",
                "The file must be PKCS#12 or JKS, as "
                        + names.type
                        + " says: PKCS12 (the default, which reads both) or JKS.");
    }

    /** The configured entry, or the only one with a private key. */
    private String alias(KeyStore store) throws GeneralSecurityException {
        List<String> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)
                    && store.getCertificateChain(alias) != null) {
                found.add(alias);
            }
        }
        if (found.isEmpty()) {
            throw withoutPrivateKey();
        }
        String configured = properties.getKey().getAlias();
        if (!StringUtils.hasText(configured)) {
            return theOnly(found);
        }
        return found.stream()
                .filter(configured::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidPropertyException(
                                        names.alias,
                                        configured,
                                        "is no entry of " + location() + " with a private key",
                                        "It has "
                                                + found
                                                + "; 'keytool -list -keystore' shows them."));
    }

    private String theOnly(List<String> found) {
        if (found.size() > 1) {
            throw new InvalidPropertyException(
                    names.location,
                    location(),
                    "has several entries with a private key, " + found,
                    "Set " + names.alias + " to the one to serve.");
        }
        return found.getFirst();
    }

    private InvalidPropertyException withoutPrivateKey() {
        return new InvalidPropertyException(
                names.location,
                location(),
                "has no private key with a certificate",
                StringUtils.hasLength(properties.getKeystore().getPassword())
                        ? "Make one with 'openssl pkcs12 -export -in CHAIN.pem -inkey KEY.pem -out"
                                + " STORE.p12': a store of certificates alone is a trust store."
                        : "Set "
                                + names.password
                                + ": encrypted certificates cannot be read without it, and Java"
                                + " reads no key that is not encrypted.");
    }

    private PrivateKey privateKey(KeyStore store, String alias) throws GeneralSecurityException {
        String ownPassword = properties.getKey().getPassword();
        String password =
                ownPassword == null ? properties.getKeystore().getPassword() : ownPassword;
        try {
            if (store.getKey(alias, password == null ? new char[0] : password.toCharArray())
                    instanceof PrivateKey key) {
                return key;
            }
            throw new UnrecoverableKeyException("no private key");
        } catch (UnrecoverableKeyException _) {
            throw new InvalidPropertyException(
                    names.location,
                    location(),
                    "has an entry '" + alias + "' whose key cannot be opened",
                    "Set "
                            + names.keyPassword
                            + " to the password of the key, where it is not the store's own.");
        }
    }

    @Override
    public void check(TlsEngine engine, String @Nullable [] protocols) {
        CertificateAndKey pair = read();
        if (pair.match(engine) == CertificateAndKey.Match.NO) {
            throw new InvalidPropertyException(
                    names.location,
                    location(),
                    "has a private key that is not the key of its certificate",
                    "Make it of a certificate and the key that the certificate was made for.");
        }
        CertificateSource.tryHandshake(engine, pair, protocols, names.location, location());
    }

    @Override
    public String trustProperty() {
        return names.trustLocation;
    }

    @Override
    public String trustLocation() {
        return describe(properties.getTruststore().getLocation());
    }

    private boolean isEncoded() {
        return isEncoded(properties.getKeystore().getLocation());
    }

    private static boolean isEncoded(@Nullable String location) {
        return String.valueOf(location).startsWith(ENCODED);
    }

    private String location() {
        return describe(properties.getKeystore().getLocation());
    }

    /** A location as it is; a store that was given in place of one, not at all. */
    static String describe(@Nullable String location) {
        return isEncoded(location) ? "(base64 text)" : Objects.requireNonNullElse(location, "");
    }

    /** A password must not be printed. */
    @Override
    public String toString() {
        return location();
    }
}
