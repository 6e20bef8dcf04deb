package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS over a connection, each with a context of its own: no session is resumed. */
final class TlsDoor {

    private final X509ExtendedTrustManager roots;

    TlsDoor(X509ExtendedTrustManager roots) {
        this.roots = roots;
    }

    /** The handshake done, with the connection to go on with. */
    record Opened(SSLSocket socket, Handshake handshake) {}

    Opened open(Socket socket, String host, List<String> alpn) throws IOException {
        RecordingTrust trust = new RecordingTrust(roots);
        SSLSocket tls =
                (SSLSocket)
                        context(trust)
                                .getSocketFactory()
                                .createSocket(
                                        socket,
                                        host.replaceAll("[\\[\\]]", ""),
                                        socket.getPort(),
                                        true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return new Opened(tls, handshake(tls, trust));
    }

    private static Handshake handshake(SSLSocket tls, RecordingTrust trust) {
        boolean stapled =
                tls.getSession() instanceof ExtendedSSLSession session
                        && !session.getStatusResponses().isEmpty();
        String alpn = tls.getApplicationProtocol();
        return new Handshake(
                tls.getSession().getProtocol(),
                tls.getSession().getCipherSuite(),
                alpn == null ? "" : alpn,
                trust.chain(),
                trust.chainProblem(),
                trust.nameProblem(),
                stapled);
    }

    private static SSLContext context(RecordingTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has TLS
        }
    }
}
