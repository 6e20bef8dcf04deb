package dev.gatehouse.tls.engine;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.conscrypt.Conscrypt;

/**
 * BoringSSL by way of Conscrypt. Its provider is asked directly and never installed: the rest of
 * the JVM keeps the JDK's cryptography.
 */
record ConscryptTlsEngine(Provider provider) implements TlsEngine {

    private static final ConscryptBufferPool BUFFERS = new ConscryptBufferPool();

    /**
     * Loads the native library.
     *
     * @throws LinkageError where there is none for this machine, or it cannot be loaded
     */
    static ConscryptTlsEngine load() {
        Conscrypt.checkAvailability();
        return new ConscryptTlsEngine(Conscrypt.newProvider());
    }

    @Override
    public String name() {
        return "conscrypt";
    }

    @Override
    public SSLContext newContext() throws NoSuchAlgorithmException {
        return SSLContext.getInstance("TLS", provider);
    }

    @Override
    public SSLEngine newServerEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        // Without tickets Conscrypt resumes no TLS 1.3 session. BoringSSL rotates their key.
        Conscrypt.setUseSessionTickets(engine, true);
        Conscrypt.setBufferAllocator(engine, BUFFERS);
        return engine;
    }

    @Override
    public KeyManager[] adapted(KeyManager[] keys) {
        return Arrays.stream(keys)
                .map(
                        manager ->
                                manager instanceof X509ExtendedKeyManager extended
                                        ? new ConscryptKeyManager(extended, provider)
                                        : manager)
                .toArray(KeyManager[]::new);
    }

    /** Of what it does not know, the JDK's. */
    @Override
    public Signature signature(String algorithm) throws NoSuchAlgorithmException {
        return provider.getService("Signature", algorithm) == null
                ? Signature.getInstance(algorithm)
                : Signature.getInstance(algorithm, provider);
    }

    @Override
    public Class<? extends EngineSslImplementation> implementation() {
        return EngineSslImplementation.ViaConscrypt.class;
    }
}
