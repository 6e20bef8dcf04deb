package dev.gatehouse.tls.engine;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.jsse.JSSESupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection's protocol and suite for its requests. Tomcat's own gathers all at once, for each
 * request that asks: it lists what the client offered, and looks for a client's certificate by an
 * exception where there is none. That costs more than the request, so it is left out where no
 * client is asked for one.
 */
final class ConnectionFacts extends JSSESupport {

    private final boolean clientsAreAsked;

    ConnectionFacts(
            SSLSession session, Map<String, List<String>> offered, boolean clientsAreAsked) {
        super(session, offered);
        this.clientsAreAsked = clientsAreAsked;
    }

    @Override
    public X509Certificate @Nullable [] getPeerCertificateChain() throws java.io.IOException {
        return clientsAreAsked ? super.getPeerCertificateChain() : null;
    }

    @Override
    public @Nullable String getSessionId() {
        return null;
    }

    @Override
    public @Nullable String getRequestedProtocols() {
        return null;
    }

    @Override
    public @Nullable String getRequestedCiphers() {
        return null;
    }
}
