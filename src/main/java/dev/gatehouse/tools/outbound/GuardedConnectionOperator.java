package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Opens the connections of the HTTP client under the guard, and verifies certificates. */
final class GuardedConnectionOperator implements HttpClientConnectionOperator {

    private static final String DEADLINE = "gatehouse.deadline";
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final GuardedConnector connector;
    private final SSLContext tls;

    GuardedConnectionOperator(GuardedConnector connector, X509ExtendedTrustManager roots) {
        this.connector = connector;
        this.tls = context(roots);
    }

    /**
     * The context of a request whose connection is open by then.
     *
     * @param deadline as of {@link System#nanoTime()}
     */
    static HttpContext until(long deadline) {
        HttpContext context = HttpClientContext.create();
        context.setAttribute(DEADLINE, deadline);
        return context;
    }

    private static Duration time(HttpContext context) {
        long deadline = (Long) Objects.requireNonNull(context.getAttribute(DEADLINE));
        long remaining = Math.max(1_000_000, deadline - System.nanoTime());
        return Duration.ofNanos(Math.min(remaining, LONGEST_CONNECT.toNanos()));
    }

    private static SSLContext context(X509ExtendedTrustManager roots) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new VerifyingTrustManager(roots)}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex); // every Java platform has TLS
        }
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable InetSocketAddress local,
            @Nullable TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        Duration time = time(context);
        int millis = Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
        Scheme scheme = Scheme.of(host.getSchemeName()).orElseThrow();
        int port = host.getPort() < 0 ? scheme.port() : host.getPort();
        Socket socket = connector.connect(host.getHostName(), port, time);
        socket.setTcpNoDelay(true);
        connection.bind(socket); // from here on, who closes the connection closes the socket
        if (scheme == Scheme.HTTPS) {
            connection.bind(handshake(socket, host.getHostName(), port, millis), socket);
        }
    }

    private SSLSocket handshake(Socket socket, String host, int port, int millis)
            throws IOException {
        socket.setSoTimeout(millis);
        SSLSocket layered =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(socket, host.replaceAll("[\\[\\]]", ""), port, true);
        SSLParameters parameters = layered.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        layered.setSSLParameters(parameters);
        layered.startHandshake();
        return layered;
    }

    @Override
    public void upgrade(
            ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("No proxy is used");
    }
}
