package dev.gatehouse.tools.outbound;

import dev.gatehouse.tools.outbound.Exchange.Answered;
import dev.gatehouse.tools.outbound.Exchange.Failed;
import dev.gatehouse.tools.outbound.Exchange.Failure;
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
 * One connection to one address, one request, and the beginning of the answer. Sockets and not an
 * HTTP client: the evidence is what was sent and what came, to the byte, and much of what has to be
 * sent no client would send. Redirects are not followed here.
 */
public class Wire {

    private static final int SHORTEST_RECORD = 7;

    private final Dialer dialer;
    private final TlsDoor tls;

    Wire(Dialer dialer, X509ExtendedTrustManager roots) {
        this.dialer = dialer;
        this.tls = new TlsDoor(roots);
    }

    /** Asks over plain HTTP. */
    public Exchange plain(InetAddress address, int port, Ask ask, WorkBudget budget) {
        return exchange(address, port, null, ask, budget);
    }

    /** Asks over TLS, for that host. */
    public Exchange tls(InetAddress address, int port, String host, Ask ask, WorkBudget budget) {
        return exchange(address, port, host, ask, budget);
    }

    private Exchange exchange(
            InetAddress address, int port, @Nullable String host, Ask ask, WorkBudget budget) {
        long start = System.nanoTime();
        try (Socket socket = dialer.dial(address, port, budget)) {
            TlsDoor.@Nullable Opened opened =
                    host == null ? null : tls.open(socket, host, List.of("http/1.1"));
            Socket connection = opened == null ? socket : opened.socket();
            connection.getOutputStream().write(ask.bytes());
            return new Answered(
                    ask,
                    new AnswerReader(connection.getInputStream(), ask).read(),
                    opened == null ? null : opened.handshake(),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException ex) {
            return new Failed(ask, failure(ex, budget), String.valueOf(ex.getMessage()));
        }
    }

    /** Offers these protocols in a handshake, and says which came of it; empty where it failed. */
    public Optional<Handshake> handshake(
            InetAddress address, int port, String host, List<String> alpn, WorkBudget budget) {
        try (Socket socket = dialer.dial(address, port, budget)) {
            return Optional.of(tls.open(socket, host, alpn).handshake());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Sends bytes of any kind and returns the first that come back; none where none come. */
    public byte[] raw(InetAddress address, int port, byte[] bytes, WorkBudget budget) {
        try (Socket socket = dialer.dial(address, port, budget)) {
            socket.getOutputStream().write(bytes);
            return firstBytes(socket.getInputStream());
        } catch (IOException _) {
            return new byte[0];
        }
    }

    /** Enough to know a TLS record by, and no waiting for more. */
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

    private static Failure failure(IOException ex, WorkBudget budget) {
        if (ex instanceof SocketTimeoutException || budget.isTimeOver()) {
            return Failure.TIMED_OUT;
        }
        return switch (ex) {
            case WorkBudget.SpentException _ -> Failure.TOO_LARGE;
            case SSLException _ when ex.getCause() instanceof WorkBudget.SpentException ->
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
