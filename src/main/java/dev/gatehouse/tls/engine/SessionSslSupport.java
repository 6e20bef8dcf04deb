package dev.gatehouse.tls.engine;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.jsse.JSSESupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection's protocol and suite for its requests, asked of the engine once. Tomcat's own asks
 * for each request and gathers all at once: it lists what the client offered, and looks for a
 * client's certificate by an exception where there is none. That costs more than the request, so it
 * is left out where no client is asked for one.
 */
final class SessionSslSupport extends JSSESupport {

    private static final String KEPT = SessionSslSupport.class.getName();

    private final SSLSession session;
    private final boolean clientsAreAsked;
    private final String protocol;
    private final String cipherSuite;
    private @Nullable Integer keySize;

    private SessionSslSupport(
            SSLSession session, Map<String, List<String>> offered, boolean clientsAreAsked) {
        super(session, offered);
        this.session = session;
        this.clientsAreAsked = clientsAreAsked;
        this.protocol = session.getProtocol();
        this.cipherSuite = session.getCipherSuite();
    }

    /** Nothing is renegotiated, so what was true of a session once is true of it for good. */
    static SessionSslSupport of(
            SSLSession session, Map<String, List<String>> offered, boolean clientsAreAsked) {
        if (session.getValue(KEPT) instanceof SessionSslSupport kept
                && kept.session.equals(session)
                && kept.clientsAreAsked == clientsAreAsked) {
            return kept;
        }
        SessionSslSupport facts = new SessionSslSupport(session, offered, clientsAreAsked);
        if (!facts.protocol.equals("NONE")) { // which it is until the handshake is done
            session.putValue(KEPT, facts);
        }
        return facts;
    }

    @Override
    public String getProtocol() {
        return protocol;
    }

    @Override
    public String getCipherSuite() {
        return cipherSuite;
    }

    @Override
    public @Nullable Integer getKeySize() throws IOException {
        Integer known = keySize;
        if (known == null) {
            known = super.getKeySize();
            keySize = known;
        }
        return known;
    }

    @Override
    public X509Certificate @Nullable [] getPeerCertificateChain() throws IOException {
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
