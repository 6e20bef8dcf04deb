package dev.gatehouse.tools.outbound;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of one request on a connection of its own. A failure is a result. */
public sealed interface HttpExchange {

    /** What was sent. */
    RawRequest request();

    /** Whether a response came. */
    default boolean isAnswered() {
        return this instanceof Answered;
    }

    /**
     * A response came.
     *
     * @param tls the handshake before it, or null over plain HTTP
     */
    record Answered(
            RawRequest request, RawResponse response, @Nullable TlsHandshake tls, Duration took)
            implements HttpExchange {}

    /** No response came. */
    record Failed(RawRequest request, Failure failure, String detail) implements HttpExchange {

        /** In words, such as {@code timed out: Read timed out}. */
        public String describe() {
            return failure.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + detail;
        }
    }

    /** How an exchange fails. */
    enum Failure {
        /** Nothing listens, or the connection was refused. */
        REFUSED,
        /** No response in time. */
        TIMED_OUT,
        /** The TLS handshake failed. */
        HANDSHAKE_FAILED,
        /** The connection was closed, or the response was not HTTP. */
        NO_HTTP,
        /** The head of the response was larger, or came in more pieces, than is read. */
        TOO_LARGE,
        /** This machine has no route to that network. */
        UNREACHABLE
    }
}
