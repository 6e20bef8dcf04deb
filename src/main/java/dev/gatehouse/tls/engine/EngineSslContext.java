package dev.gatehouse.tls.engine;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Tomcat's view of an engine's context. */
final class EngineSslContext implements org.apache.tomcat.util.net.SSLContext {

    private final TlsEngine engine;
    private final SSLContext context;
    private KeyManager[] keyManagers = {};
    private TrustManager[] trustManagers = {};

    EngineSslContext(TlsEngine engine) throws NoSuchAlgorithmException {
        this.engine = engine;
        this.context = engine.newContext();
    }

    @Override
    public void init(
            KeyManager @Nullable [] keys,
            TrustManager @Nullable [] trust,
            @Nullable SecureRandom random)
            throws KeyManagementException {
        keyManagers = keys == null ? new KeyManager[0] : engine.adapted(keys);
        trustManagers = trust == null ? new TrustManager[0] : trust.clone();
        context.init(keyManagers, trust, random);
    }

    @Override
    public void destroy() {
        // The garbage collector frees it when the last connection has let it go.
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return engine.newServerEngine(context);
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return managers(keyManagers, X509KeyManager.class)
                .map(manager -> manager.getCertificateChain(alias))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return managers(trustManagers, X509TrustManager.class)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .distinct()
                .toArray(X509Certificate[]::new);
    }

    private static <T> Stream<T> managers(Object[] all, Class<T> type) {
        return Arrays.stream(all).filter(type::isInstance).map(type::cast);
    }
}
