package dev.gatehouse.liveness;

import java.time.Duration;

/** What a probe of a connector found. A failure is a result, not an exception. */
public sealed interface ProbeResult {

    /** The connector answered as it should. */
    record Answered(Duration took) implements ProbeResult {}

    /** The connector answered over TLS, but with another certificate than the configured one. */
    record OtherCertificate(Duration took, String detail) implements ProbeResult {}

    /** The connector did not. */
    record Failed(Failure failure, String detail) implements ProbeResult {}

    /** How a probe can fail. */
    enum Failure {
        /** Nothing listens on the port. */
        REFUSED,
        /** No answer in time. */
        TIMED_OUT,
        /** The TLS handshake failed. */
        HANDSHAKE_FAILED,
        /** The connection was closed, or the answer was not {@code pong}. */
        WRONG_ANSWER,
        /** The probe itself could open no socket. */
        OUT_OF_DESCRIPTORS
    }
}
