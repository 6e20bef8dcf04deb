package dev.gatehouse.acme;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt that brought no certificate. Its message says why, in words that may be logged. */
class AcmeFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A problem document of a certificate authority is its text: control characters are removed.
     */
    private static final int LONGEST = 600;

    private final FailureKind kind;
    private final @Nullable Instant notBefore;

    AcmeFailure(FailureKind kind, String message) {
        this(kind, message, null, null);
    }

    /**
     * @param notBefore the time before which the certificate authority wants no further attempt, or
     *     null
     */
    AcmeFailure(
            FailureKind kind,
            String message,
            @Nullable Instant notBefore,
            @Nullable Throwable cause) {
        super(printable(message), cause);
        this.kind = kind;
        this.notBefore = notBefore;
    }

    private static String printable(String text) {
        String visible = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "...";
    }

    FailureKind kind() {
        return kind;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
