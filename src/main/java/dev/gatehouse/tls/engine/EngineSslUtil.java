package dev.gatehouse.tls.engine;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.jsse.JSSEUtil;
import org.jspecify.annotations.Nullable;

/** Tomcat's handling of key stores, protocols and ciphers, over an engine of our choice. */
final class EngineSslUtil extends JSSEUtil {

    /** The super class asks what is implemented before a subclass's fields can be set. */
    private static final ScopedValue<SSLParameters> SUPPORTED = ScopedValue.newInstance();

    /** With null in its place, all root certificates would be read. */
    private static final TrustManager[] NO_TRUST = {};

    private final TlsEngine engine;

    private EngineSslUtil(SSLHostConfigCertificate certificate, TlsEngine engine) {
        super(certificate, false);
        this.engine = engine;
    }

    static EngineSslUtil of(SSLHostConfigCertificate certificate, TlsEngine engine) {
        return ScopedValue.where(SUPPORTED, supported(engine))
                .call(() -> new EngineSslUtil(certificate, engine));
    }

    private static SSLParameters supported(TlsEngine engine) {
        try {
            javax.net.ssl.SSLContext context = engine.newContext();
            context.init(null, NO_TRUST, null);
            return context.getSupportedSSLParameters();
        } catch (GeneralSecurityException ex) {
            throw new IllegalArgumentException("TLS by " + engine.name() + " cannot start", ex);
        }
    }

    /** Of a client's certificate, where one is asked for. */
    @Override
    public TrustManager @Nullable [] getTrustManagers() throws Exception {
        return sslHostConfig.getCertificateVerification() == CertificateVerification.NONE
                ? NO_TRUST.clone()
                : super.getTrustManagers();
    }

    @Override
    protected Set<String> getImplementedProtocols() {
        return Set.copyOf(Arrays.asList(SUPPORTED.get().getProtocols()));
    }

    @Override
    protected Set<String> getImplementedCiphers() {
        return Set.copyOf(Arrays.asList(SUPPORTED.get().getCipherSuites()));
    }

    @Override
    public SSLContext createSSLContextInternal(List<String> negotiableProtocols)
            throws NoSuchAlgorithmException {
        return new EngineSslContext(engine);
    }
}
