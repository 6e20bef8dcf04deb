package dev.gatehouse.tls.engine;

import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Makes the TLS contexts of the HTTPS connector, and of nothing else in the JVM. */
public sealed interface TlsEngine permits JsseEngine, ConscryptTlsEngine {

    /** As it stands in the configuration and in messages: {@code jsse}, {@code conscrypt}. */
    String name();

    /** A context that has not been initialised. */
    SSLContext newContext() throws NoSuchAlgorithmException;

    /** A server's engine, with what this engine has to be told beyond the standard parameters. */
    SSLEngine newServerEngine(SSLContext context);

    /** The same keys in the shape that costs this engine least at a handshake. */
    KeyManager[] adapted(KeyManager[] keys);

    /** Signs and verifies as the engine does in a handshake. */
    Signature signature(String algorithm) throws NoSuchAlgorithmException;

    /** The class that Tomcat makes, by its name, to use this engine. */
    Class<? extends EngineSslImplementation> implementation();
}
