package dev.gatehouse.tools.job;

/** What has become of a job. */
public enum JobState {
    QUEUED,
    RUNNING,
    /** All of it was done. */
    DONE,
    /** The time ended first: what was found until then is there. */
    PARTIAL,
    FAILED,
    CANCELLED,
    /** It was over, and nobody came for it in time. */
    EXPIRED;

    /** Whether nothing more will happen to it but that it expires. */
    public boolean isOver() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case DONE, PARTIAL, FAILED, CANCELLED, EXPIRED -> true;
        };
    }
}
