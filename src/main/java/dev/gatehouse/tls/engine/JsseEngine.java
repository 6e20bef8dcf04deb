package dev.gatehouse.tls.engine;

import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The JDK's own TLS. */
record JsseEngine() implements TlsEngine {

    private static final String REJECTS_RENEGOTIATION =
            "jdk.tls.rejectClientInitiatedRenegotiation";

    static {
        // The JDK reads it at the first handshake, and lets a client begin another by default.
        if (System.getProperty(REJECTS_RENEGOTIATION) == null) {
            System.setProperty(REJECTS_RENEGOTIATION, "true");
        }
    }

    @Override
    public String name() {
        return "jsse";
    }

    @Override
    public SSLContext newContext() throws NoSuchAlgorithmException {
        return SSLContext.getInstance("TLS");
    }

    @Override
    public SSLEngine newServerEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    @Override
    public KeyManager[] adapted(KeyManager[] keys) {
        return keys;
    }

    @Override
    public Signature signature(String algorithm) throws NoSuchAlgorithmException {
        return Signature.getInstance(algorithm);
    }

    @Override
    public Class<? extends EngineSslImplementation> implementation() {
        return EngineSslImplementation.Jsse.class;
    }
}
