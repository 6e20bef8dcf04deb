package dev.gatehouse.tools.job;

/** The store of the jobs cannot be reached, or cannot write. */
public class JobStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
