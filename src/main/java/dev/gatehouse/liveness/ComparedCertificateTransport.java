package dev.gatehouse.liveness;

import dev.gatehouse.connector.IpAddressFormat;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS that takes any certificate and compares it with the configured one: another is worth a
 * warning, but whoever serves one lives. Each connection has a context of its own, so that no
 * session is resumed and every probe sees a whole handshake.
 */
class ComparedCertificateTransport implements PingProbe.Transport {

    private final Supplier<X509Certificate> expected;

    ComparedCertificateTransport(Supplier<X509Certificate> expected) {
        this.expected = expected;
    }

    @Override
    public PingProbe.Opened over(Socket socket) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(
                                        socket,
                                        IpAddressFormat.format(socket.getInetAddress()),
                                        socket.getPort(),
                                        true);
        handshake(tls);
        X509Certificate served = (X509Certificate) tls.getSession().getPeerCertificates()[0];
        X509Certificate configured = expected.get();
        return served.equals(configured)
                ? new PingProbe.Opened(tls, null)
                : new PingProbe.Opened(tls, difference(served, configured));
    }

    /** As a time-out where it was one, and else as a handshake that failed, a reset included. */
    private static void handshake(SSLSocket tls) throws IOException {
        try {
            tls.startHandshake();
        } catch (IOException ex) {
            if (ex instanceof SocketTimeoutException
                    || ex.getCause() instanceof SocketTimeoutException) {
                throw new SocketTimeoutException();
            }
            throw new SSLHandshakeException(ex.getMessage(), ex);
        }
    }

    private static String difference(X509Certificate served, X509Certificate configured) {
        return "the certificate on the wire (serial %x) is not the configured one (serial %x)"
                .formatted(served.getSerialNumber(), configured.getSerialNumber());
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has TLS
        }
    }

    /** Nothing secret is said to the one who serves it: the comparison comes after. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType)
                throws CertificateException {
            throw new CertificateException("A probe is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
