package dev.gatehouse.tls;

import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client that says in its hello what a test wants it to say. */
final class TlsClient {

    private TlsClient() {}

    /** After a whole handshake. */
    static SSLSocket connect(int port, Consumer<SSLParameters> hello) throws IOException {
        return connect(RawHttp.connect(port), hello);
    }

    /** The same, over a connection that is open. */
    static SSLSocket connect(Socket plain, Consumer<SSLParameters> hello) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        RawHttp.trustingAll()
                                .createSocket(plain, "127.0.0.1", plain.getPort(), true);
        try {
            SSLParameters parameters = socket.getSSLParameters();
            hello.accept(parameters);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException | RuntimeException ex) {
            socket.close();
            throw ex;
        }
    }

    static X509Certificate leaf(int port) throws IOException {
        return leaf(port, _ -> {});
    }

    /** The certificate that a client gets who asks for that name. */
    static X509Certificate leaf(int port, String serverName) throws IOException {
        return leaf(port, hello -> hello.setServerNames(List.of(new SNIHostName(serverName))));
    }

    private static X509Certificate leaf(int port, Consumer<SSLParameters> hello)
            throws IOException {
        try (SSLSocket socket = connect(port, hello)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
