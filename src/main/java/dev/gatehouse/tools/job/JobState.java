package dev.gatehouse.tools.job;

/** The state of a job. */
public enum JobState {
    QUEUED,
    RUNNING,
    DONE,
    /** A limit was reached; what was found until then is the result. */
    PARTIAL,
    FAILED,
    CANCELLED;

    /** Whether there is a report. */
    public boolean hasResult() {
        return this == DONE || this == PARTIAL;
    }

    /** Whether the work has ended. */
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case DONE, PARTIAL, FAILED, CANCELLED -> true;
        };
    }
}
