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
    public Exchange plain(InetAddress address, int port, Ask ask, Deadline deadline) {
        return exchange(address, port, null, ask, deadline);
    }

    /** Asks over TLS, for that host. */
    public Exchange tls(InetAddress address, int port, String host, Ask ask, Deadline deadline) {
        return exchange(address, port, host, ask, deadline);
    }

    private Exchange exchange(
            InetAddress address, int port, @Nullable String host, Ask ask, Deadline deadline) {
        long start = System.nanoTime();
        try (Socket socket = dialer.dial(address, port, deadline);
                Cutoff _ = new Cutoff(socket, deadline)) {
            TlsDoor.@Nullable Opened opened =
                    host == null ? null : tls.open(socket, host, List.of("http/1.1"));
            String bytes = Conversation.of(opened == null ? socket : opened.socket(), ask);
            Optional<Answer> answer = Answer.parse(bytes);
            if (answer.isEmpty()) {
                return new Failed(ask, noAnswer(deadline), describe(bytes));
            }
            return new Answered(
                    ask,
                    answer.get(),
                    opened == null ? null : opened.handshake(),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException ex) {
            return new Failed(ask, failure(ex, deadline), String.valueOf(ex.getMessage()));
        }
    }

    private static Failure noAnswer(Deadline deadline) {
        return deadline.isOver() ? Failure.TIMED_OUT : Failure.NO_HTTP;
    }

    private static String describe(String bytes) {
        return bytes.isEmpty() ? "closed without an answer" : "an answer that is not HTTP/1";
    }

    /** Offers these protocols in a handshake, and says which came of it; empty where it failed. */
    public Optional<Handshake> handshake(
            InetAddress address, int port, String host, List<String> alpn, Deadline deadline) {
        try (Socket socket = dialer.dial(address, port, deadline);
                Cutoff _ = new Cutoff(socket, deadline)) {
            return Optional.of(tls.open(socket, host, alpn).handshake());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Sends bytes of any kind and returns the first that come back; none where none come. */
    public byte[] raw(InetAddress address, int port, byte[] bytes, Deadline deadline) {
        try (Socket socket = dialer.dial(address, port, deadline);
                Cutoff _ = new Cutoff(socket, deadline)) {
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

    private static Failure failure(IOException ex, Deadline deadline) {
        if (ex instanceof SocketTimeoutException || deadline.isOver()) {
            return Failure.TIMED_OUT;
        }
        return switch (ex) {
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
