package dev.gatehouse.liveness;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.connector.nio.VisitorAnswers;
import dev.gatehouse.liveness.ProbeResult.Answered;
import dev.gatehouse.liveness.ProbeResult.Failed;
import dev.gatehouse.liveness.ProbeResult.Failure;
import dev.gatehouse.liveness.ProbeResult.OtherCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests {@code /ping} on a new connection from this machine. Uses a socket instead of an HTTP
 * client, so that nothing is reused and each step has its own time-out and failure.
 */
class PingProbe implements ConnectorProbe {

    private static final byte[] REQUEST =
            "GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: %s\r\nConnection: close\r\n\r\n"
                    .formatted(PingFilter.PATH, VisitorAnswers.PROBE_USER_AGENT)
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String EXPECTED_START = "HTTP/1.1 200";
    private static final String EXPECTED_END = "\r\n\r\npong";

    /** The text of EMFILE on every Unix. */
    private static final String OUT_OF_DESCRIPTORS = "Too many open files";

    private static final int MAX_ANSWER_BYTES = 4096;

    private final Supplier<InetSocketAddress> address;
    private final Duration timeout;
    private final Transport transport;

    PingProbe(Supplier<InetSocketAddress> address, Duration timeout, Transport transport) {
        this.address = address;
        this.timeout = timeout;
        this.transport = transport;
    }

    @Override
    public ProbeResult probe() {
        long start = System.nanoTime();
        Deadline deadline = new Deadline(start, timeout);
        try (Socket socket = new Socket()) {
            socket.connect(address.get(), deadline.remainingMillis());
            socket.setSoTimeout(deadline.remainingMillis());
            Opened opened = transport.over(socket);
            ProbeResult result = request(opened.socket(), deadline, start);
            return result instanceof Answered(var took) && opened.otherCertificate() != null
                    ? new OtherCertificate(took, opened.otherCertificate())
                    : result;
        } catch (SocketTimeoutException _) {
            return new Failed(Failure.TIMED_OUT, "no answer within " + timeout.toMillis() + " ms");
        } catch (ConnectException ex) {
            return new Failed(Failure.REFUSED, String.valueOf(ex.getMessage()));
        } catch (SSLException ex) {
            return new Failed(Failure.HANDSHAKE_FAILED, String.valueOf(ex.getMessage()));
        } catch (IOException ex) {
            return failed(String.valueOf(ex.getMessage()));
        }
    }

    private static Failed failed(String message) {
        return new Failed(
                message.contains(OUT_OF_DESCRIPTORS)
                        ? Failure.OUT_OF_DESCRIPTORS
                        : Failure.WRONG_ANSWER,
                message);
    }

    private static ProbeResult request(Socket socket, Deadline deadline, long start)
            throws IOException {
        socket.getOutputStream().write(REQUEST);
        byte[] answer = new byte[MAX_ANSWER_BYTES];
        int length = 0;
        while (length < answer.length) {
            socket.setSoTimeout(deadline.remainingMillis());
            int read = socket.getInputStream().read(answer, length, answer.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        return text.startsWith(EXPECTED_START) && text.endsWith(EXPECTED_END)
                ? new Answered(Duration.ofNanos(System.nanoTime() - start))
                : new Failed(Failure.WRONG_ANSWER, text.lines().findFirst().orElse("no answer"));
    }

    /** The protocol over the TCP connection. */
    @FunctionalInterface
    interface Transport {

        /** Plain HTTP. */
        Transport PLAIN = socket -> new Opened(socket, null);

        Opened over(Socket socket) throws IOException;
    }

    /**
     * A connection that is ready for a request.
     *
     * @param otherCertificate how the certificate differs from the configured one, or null if it
     *     does not
     */
    record Opened(Socket socket, @Nullable String otherCertificate) {}

    private record Deadline(long start, Duration timeout) {

        /** At least 1, since 0 means no time-out. */
        int remainingMillis() throws SocketTimeoutException {
            long remaining = timeout.minusNanos(System.nanoTime() - start).toMillis();
            if (remaining <= 0) {
                throw new SocketTimeoutException();
            }
            return Math.toIntExact(remaining);
        }
    }
}
