package dev.gatehouse.tools.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run a job, made by the store: it is what the runner writes to. Once the job has
 * ended, was cancelled, or has been taken by a later attempt, nothing is written any more.
 */
public interface JobAttempt {

    /** The job as it was when the attempt began: RUNNING. */
    Job job();

    /** Publishes an event; the data of {@code progress} become the job's progress too. */
    void publish(String type, String json);

    /** Writes a row, or replaces the one with the same kind and key. It may be written later. */
    boolean row(String kind, String key, Map<String, String> facets, String json);

    OutputStream part(String name, String mediaType) throws IOException;

    /**
     * Ends the job, after everything else was written, with a last event {@code state}.
     *
     * @return false where it was not this attempt's to end any more
     */
    boolean end(JobState state, @Nullable String report, JobResult.@Nullable Failed failure);
}
