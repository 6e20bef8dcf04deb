package dev.gatehouse.tools.outbound;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Judges the certificates of servers, on connections made by sockets. */
abstract class SocketTrustManager extends X509ExtendedTrustManager {

    @Override
    public abstract void checkServerTrusted(X509Certificate[] sent, String authType, Socket socket)
            throws CertificateException;

    @Override
    public final void checkServerTrusted(
            X509Certificate[] sent, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("Only sockets are used");
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("Only sockets are used");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] sent, String authType) {
        throw new UnsupportedOperationException("Clients only");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] sent, String authType, Socket socket) {
        throw new UnsupportedOperationException("Clients only");
    }

    @Override
    public final void checkClientTrusted(
            X509Certificate[] sent, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("Clients only");
    }

    /** None: they are for servers that ask their clients for certificates. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
