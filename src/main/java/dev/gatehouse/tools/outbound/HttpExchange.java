package dev.gatehouse.tools.outbound;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcome of one request on a connection of its own. A failure is a result. */
public sealed interface HttpExchange {

    /** The statuses whose {@code Location} clients follow (RFC 9110, 15.4). */
    Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** What was sent. */
    RawRequest request();

    /** Whether a response came. */
    default boolean isAnswered() {
        return this instanceof Answered;
    }

    /** The {@code Location} of a redirect, or empty where the exchange is none. */
    default Optional<String> redirectLocation() {
        return this instanceof Answered answered && REDIRECTS.contains(answered.response().status())
                ? answered.response().header("Location")
                : Optional.empty();
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
