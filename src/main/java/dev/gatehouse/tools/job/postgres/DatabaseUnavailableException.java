package dev.gatehouse.tools.job.postgres;

import org.jspecify.annotations.Nullable;

/** The database does not serve at the moment. */
final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
