package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.config.InvalidPropertyException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What a start that was stopped tells the operator. */
public final class Rejection {

    private Rejection() {}

    /** The problem and the remedy, in two sentences; "none" where nothing was rejected. */
    public static String of(ThrowingCallable start) {
        for (@Nullable Throwable cause = catchThrowable(start);
                cause != null;
                cause = cause.getCause()) {
            if (cause instanceof InvalidPropertyException invalid) {
                return invalid.getMessage() + " " + invalid.remedy();
            }
        }
        return "none";
    }
}
