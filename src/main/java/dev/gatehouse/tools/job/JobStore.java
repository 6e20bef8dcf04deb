package dev.gatehouse.tools.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Jobs with their events, results and idempotency keys. It has jobs run, by {@link JobRunner}, on
 * this instance or on another one; readers of a job cannot tell where it runs.
 *
 * <p>Any method may throw {@link JobStoreException} where the store cannot be reached.
 */
public interface JobStore {

    /** Throws where jobs can be read but not submitted. */
    default void requireWritable() {}

    /** Whether all instances see the same jobs. */
    boolean isShared();

    /**
     * Stores a job, publishes its first event ({@code state}, QUEUED) and has it run, or replays
     * what was submitted with its key. All at once: of two with the same key one is accepted.
     */
    Submission submit(NewJob job);

    /** What {@link #submit} would answer because of the job's key alone, without storing it. */
    Optional<Submission> replay(NewJob job);

    /**
     * The newest job of the tool that is DONE, has that key, was created then or later, is kept.
     */
    Optional<Job> findReusable(String tool, String reuseKey, Instant notBefore);

    /** The newest jobs of a caller that have a result, DONE or PARTIAL, and are kept. */
    List<Job> results(String tool, String caller, int limit);

    /** The job with that id; an expired one for as long again as it was kept. */
    Optional<Job> find(String id);

    /**
     * Ends a job as CANCELLED, if it has not ended, and has its work interrupted.
     *
     * @return whether it was
     */
    boolean cancel(String id);

    /** The events after that one, in their order, at most that many. */
    List<JobEvent> events(String id, long after, int limit);

    /**
     * Waits until there is an event after that one, however it comes about on any instance.
     *
     * @return false where there was none in that time
     */
    boolean awaitEvent(String id, long after, Duration timeout) throws InterruptedException;

    /** Rows of a job, in the order of their numbers. */
    List<JobRow> rows(String id, RowQuery query);

    Optional<JobPart> part(String id, String name);

    JobCounts counts(String tool);
}
