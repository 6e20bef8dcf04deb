package dev.gatehouse.tls.engine;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Hands out private keys that are the engine's own. Of one of the JDK's, Conscrypt would make its
 * own at every handshake: decode it, check it, and compute anew all that a key is computed ahead.
 */
final class ConscryptKeyManager extends X509ExtendedKeyManager {

    private final X509ExtendedKeyManager given;
    private final Provider provider;
    private final Map<String, PrivateKey> byAlias = new ConcurrentHashMap<>();

    ConscryptKeyManager(X509ExtendedKeyManager given, Provider provider) {
        this.given = given;
        this.provider = provider;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        PrivateKey known = byAlias.get(alias);
        if (known != null) {
            return known;
        }
        PrivateKey key = given.getPrivateKey(alias);
        if (key != null) {
            key = translated(key);
            byAlias.put(alias, key);
        }
        return key;
    }

    /** A key that cannot be had natively does as it is: the engine knows what to do with it. */
    private PrivateKey translated(PrivateKey key) {
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | RuntimeException _) {
            return key;
        }
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return given.getCertificateChain(alias);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return given.chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return given.chooseEngineClientAlias(keyTypes, issuers, engine);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, Socket socket) {
        return given.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return given.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return given.getServerAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return given.getClientAliases(keyType, issuers);
    }
}
