package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of one connection, where a header of the PROXY protocol may come. A peer that is
 * trusted has to send one, unless it is on this machine; no other peer may.
 */
final class ProxyHeaderInput {

    /** What the connection is to do. */
    enum Outcome {
        /** Wait for more. */
        WAIT,
        /** Process what follows; the header, if there was one, has been read. */
        PROCEED,
        CLOSE
    }

    private static final int MOST_DISCARDED = 1 << 17;
    private static final byte[] BAD_REQUEST =
            """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/plain;charset=UTF-8\r
            Content-Length: 16\r
            Cache-Control: no-store\r
            Connection: close\r
            \r
            400 Bad Request
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private final boolean isTrusted;
    private final boolean mayBeAbsent;
    private final byte[] refusal;
    private final ConnectionProgress trace;
    private final ByteBuffer received = ByteBuffer.allocate(ProxyHeader.BUFFER_SIZE);
    private int toSkip;
    private boolean isComplete;
    private boolean isRefused;
    private int discarded;
    private @Nullable InetAddress client;

    ProxyHeaderInput(
            InetAddress peer, boolean isTrusted, boolean isOverTls, ConnectionProgress trace) {
        this.isTrusted = isTrusted;
        this.mayBeAbsent = !isTrusted || peer.isLoopbackAddress();
        this.refusal = isOverTls ? TlsAlert.UNEXPECTED_MESSAGE.record() : BAD_REQUEST;
        this.trace = trace;
    }

    /** Reads what has come. */
    Outcome read(SocketChannel socket) throws IOException {
        if (isRefused) {
            return discard(socket);
        }
        int read = socket.read(received);
        while (read > 0) {
            trace.progressed();
            Outcome outcome = isComplete ? skip() : examine(socket);
            if (outcome != Outcome.WAIT) {
                return outcome;
            }
            read = socket.read(received);
        }
        return read < 0 ? Outcome.CLOSE : Outcome.WAIT;
    }

    private Outcome examine(SocketChannel socket) throws IOException {
        return switch (ProxyHeader.read(received)) {
            case ProxyHeader.Result.Incomplete() -> Outcome.WAIT;
            case ProxyHeader.Result.Absent() -> mayBeAbsent ? Outcome.PROCEED : closeInvalid();
            case ProxyHeader.Result.Invalid() -> isTrusted ? closeInvalid() : refuse(socket);
            case ProxyHeader.Result.Complete(int length, InetAddress named) -> {
                if (!isTrusted) {
                    yield refuse(socket);
                }
                isComplete = true;
                client = named;
                toSkip = length;
                yield skip();
            }
        };
    }

    private Outcome skip() {
        int count = Math.min(toSkip, received.position());
        received.flip().position(count).compact();
        toSkip -= count;
        return toSkip == 0 ? Outcome.PROCEED : Outcome.WAIT;
    }

    private Outcome closeInvalid() {
        trace.outcome(ConnectionKind.PROXY_HEADER_INVALID);
        return Outcome.CLOSE;
    }

    private Outcome refuse(SocketChannel socket) throws IOException {
        trace.outcome(ConnectionKind.PROXY_HEADER_UNTRUSTED);
        isRefused = true;
        socket.write(ByteBuffer.wrap(refusal)); // a fresh socket has room for it
        socket.shutdownOutput();
        return discard(socket);
    }

    /** Reads on until the client closes: to close first would reset the connection. */
    private Outcome discard(SocketChannel socket) throws IOException {
        int read;
        do {
            read = socket.read(received.clear());
            discarded += Math.max(read, 0);
        } while (read > 0 && discarded < MOST_DISCARDED);
        return read == 0 ? Outcome.WAIT : Outcome.CLOSE;
    }

    /** What has come after the header, or in its place. */
    ByteBuffer rest() {
        return received.flip();
    }

    /** The client that the header named, or null. */
    @Nullable InetAddress client() {
        return client;
    }
}
