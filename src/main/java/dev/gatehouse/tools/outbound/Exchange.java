package dev.gatehouse.tools.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one connection. A failure is a result, not an exception. */
public sealed interface Exchange {

    /** What was sent. */
    Ask ask();

    /**
     * An answer came.
     *
     * @param tls the handshake before it, or null over plain HTTP
     */
    record Answered(Ask ask, Answer answer, @Nullable Handshake tls, Duration took)
            implements Exchange {}

    /** None came. */
    record Failed(Ask ask, Failure failure, String detail) implements Exchange {}

    /** How a connection can fail. */
    enum Failure {
        /** Nothing listens, or the connection was turned away. */
        REFUSED,
        /** No answer in time. */
        TIMED_OUT,
        /** The TLS handshake failed. */
        HANDSHAKE_FAILED,
        /** The connection was closed, or what came was not HTTP. */
        NO_HTTP,

        /** The head of the answer was larger, or came in more pieces, than is read. */
        TOO_LARGE,
        /** There is no way to that network from here. */
        UNREACHABLE
    }
}
