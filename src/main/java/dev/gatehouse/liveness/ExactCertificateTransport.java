package dev.gatehouse.liveness;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS that trusts one certificate: the configured one. Each connection has a context of its own, so
 * that no session is resumed and every probe sees a whole handshake.
 */
class ExactCertificateTransport implements PingProbe.Transport {

    private final Supplier<X509Certificate> expected;

    ExactCertificateTransport(Supplier<X509Certificate> expected) {
        this.expected = expected;
    }

    @Override
    public Socket over(Socket socket) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(
                                        socket,
                                        socket.getInetAddress().getHostAddress(),
                                        socket.getPort(),
                                        true);
        tls.startHandshake();
        return tls;
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, new TrustManager[] {new ExactTrust(expected.get())}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has TLS
        }
    }

    private static final class ExactTrust extends X509ExtendedTrustManager {

        private final X509Certificate expected;

        ExactTrust(X509Certificate expected) {
            this.expected = expected;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType)
                throws CertificateException {
            if (!chain[0].equals(expected)) {
                throw new CertificateException(
                        "The certificate on the wire (serial %x) is not the configured one (serial %x)"
                                .formatted(chain[0].getSerialNumber(), expected.getSerialNumber()));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, authType);
        }

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
