package dev.gatehouse.liveness;

import java.time.Duration;
import java.util.Optional;

/** A check of this server through its public address, made by an optional feature. */
public interface PublicAddressCheck {

    /** The last result, or empty where none is known: not configured, not checked, or too old. */
    Optional<Result> result();

    /**
     * A result.
     *
     * @param isDead whether the server does not answer through its public address
     * @param reason for operators
     */
    record Result(boolean isDead, String reason, Duration took) {}
}
