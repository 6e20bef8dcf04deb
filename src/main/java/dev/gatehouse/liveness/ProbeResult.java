package dev.gatehouse.liveness;

import java.time.Duration;

/** The result of a probe of a connector. */
public sealed interface ProbeResult {

    /** The connector answered correctly. */
    record Answered(Duration took) implements ProbeResult {}

    /** The connector answered over TLS, but with another certificate than the configured one. */
    record OtherCertificate(Duration took, String detail) implements ProbeResult {}

    /** The connector did not answer, or not correctly. */
    record Failed(Failure failure, String detail) implements ProbeResult {}

    /** The ways in which a probe can fail. */
    enum Failure {
        /** Nothing listens on the port. */
        REFUSED,
        /** No answer in time. */
        TIMED_OUT,
        /** The TLS handshake failed. */
        HANDSHAKE_FAILED,
        /** The connection was closed, or the answer was not {@code pong}. */
        WRONG_ANSWER,
        /** The probe could not open a socket. */
        OUT_OF_DESCRIPTORS
    }
}
