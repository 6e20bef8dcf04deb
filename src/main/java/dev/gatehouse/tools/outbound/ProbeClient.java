package dev.gatehouse.tools.outbound;

import dev.gatehouse.tools.outbound.HttpExchange.Answered;
import dev.gatehouse.tools.outbound.HttpExchange.Failed;
import dev.gatehouse.tools.outbound.HttpExchange.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request on a connection of its own and reads the beginning of the response. It uses
 * sockets and not an HTTP client: a finding shows what was sent and received to the byte, and much
 * of what has to be sent an HTTP client refuses to send. Redirects are not followed.
 */
public class ProbeClient {

    private static final int SHORTEST_RECORD = 7;

    private final Dialer dialer;
    private final TlsConnector tls;

    ProbeClient(Dialer dialer, X509ExtendedTrustManager roots) {
        this.dialer = dialer;
        this.tls = new TlsConnector(roots);
    }

    /** Sends a request over plain HTTP. */
    public HttpExchange plain(
            InetAddress address, int port, RawRequest request, ResourceBudget budget) {
        return exchange(address, port, null, request, budget);
    }

    /** Sends a request over TLS, to that host. */
    public HttpExchange tls(
            InetAddress address, int port, String host, RawRequest request, ResourceBudget budget) {
        return exchange(address, port, host, request, budget);
    }

    private HttpExchange exchange(
            InetAddress address,
            int port,
            @Nullable String host,
            RawRequest request,
            ResourceBudget budget) {
        long start = System.nanoTime();
        try (Socket socket = dial(address, port, budget)) {
            TlsConnector.@Nullable Opened opened =
                    host == null ? null : tls.open(socket, host, List.of("http/1.1"));
            Socket connection = opened == null ? socket : opened.socket();
            connection.getOutputStream().write(request.bytes());
            return new Answered(
                    request,
                    new ResponseReader(connection.getInputStream(), request).read(),
                    opened == null ? null : opened.handshake(),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException ex) {
            return new Failed(request, failure(ex, budget), String.valueOf(ex.getMessage()));
        }
    }

    /** Offers these protocols in a handshake; empty where it failed. */
    public Optional<TlsHandshake> handshake(
            InetAddress address, int port, String host, List<String> alpn, ResourceBudget budget) {
        try (Socket socket = dial(address, port, budget)) {
            return Optional.of(tls.open(socket, host, alpn).handshake());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Sends these bytes and returns the first that are received. */
    public byte[] raw(InetAddress address, int port, byte[] bytes, ResourceBudget budget) {
        try (Socket socket = dial(address, port, budget)) {
            socket.getOutputStream().write(bytes);
            return firstBytes(socket.getInputStream());
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private Socket dial(InetAddress address, int port, ResourceBudget budget) throws IOException {
        return new MeteredSocket(dialer.dial(address, port, budget.remainingMillis()), budget);
    }

    /** Enough to recognize a TLS record by. */
    private static byte[] firstBytes(InputStream in) throws IOException {
        byte[] bytes = new byte[512];
        int length = 0;
        while (length < SHORTEST_RECORD) {
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static Failure failure(IOException ex, ResourceBudget budget) {
        if (ex instanceof SocketTimeoutException || budget.isTimeOver()) {
            return Failure.TIMED_OUT;
        }
        return switch (ex) {
            case ResourceBudget.SpentException _ -> Failure.TOO_LARGE;
            case SSLException _ when ex.getCause() instanceof ResourceBudget.SpentException ->
                    Failure.TOO_LARGE;
            case SSLException _ -> Failure.HANDSHAKE_FAILED;
            case NoRouteToHostException _ -> Failure.UNREACHABLE;
            case ConnectException refused
                    when String.valueOf(refused.getMessage()).contains("unreachable") ->
                    Failure.UNREACHABLE;
            case ConnectException _ -> Failure.REFUSED;
            default -> Failure.NO_HTTP;
        };
    }
}
