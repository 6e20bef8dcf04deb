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

/** Performs TLS handshakes, each with a context of its own, so that no session is resumed. */
final class TlsConnector {

    private final X509ExtendedTrustManager roots;

    TlsConnector(X509ExtendedTrustManager roots) {
        this.roots = roots;
    }

    /** The connection after the handshake. */
    record Opened(SSLSocket socket, TlsHandshake handshake) {}

    Opened open(Socket socket, String host, List<String> alpn) throws IOException {
        String name = host.replaceAll("[\\[\\]]", "");
        RecordingTrustManager trust = new RecordingTrustManager(roots, name);
        SSLSocket tls =
                (SSLSocket)
                        context(trust)
                                .getSocketFactory()
                                .createSocket(socket, name, socket.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return new Opened(tls, handshake(tls, trust));
    }

    private static TlsHandshake handshake(SSLSocket tls, RecordingTrustManager trust) {
        boolean stapled =
                tls.getSession() instanceof ExtendedSSLSession session
                        && !session.getStatusResponses().isEmpty();
        String alpn = tls.getApplicationProtocol();
        return new TlsHandshake(
                tls.getSession().getProtocol(),
                tls.getSession().getCipherSuite(),
                alpn == null ? "" : alpn,
                trust.chain(),
                trust.chainProblem(),
                trust.nameProblem(),
                stapled);
    }

    private static SSLContext context(RecordingTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has TLS
        }
    }
}
