package dev.gatehouse.tools.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tool: what it is called, what it accepts, its work, and how its result is shown. Everything
 * else (HTTP, stores, limits, events, exports, the page around the result) is the same for all.
 *
 * @param <R> the request, a record: JSON in the API and in the store
 */
public interface JobTool<R> {

    /** Such as {@code dead-links}: the same as in its {@link ToolRegistration}. */
    String name();

    /** The record that a request's JSON is read into. Members may be missing: null. */
    Class<R> requestType();

    JobLimits limits();

    /** The codes with which {@link #accept} refuses and {@link #run} fails. */
    List<ToolProblem> problems();

    /**
     * Validates a request and fills in its defaults: two requests that mean the same become equal.
     * Quick and without network.
     */
    Acceptance<R> accept(R request);

    /**
     * Does the work, on a platform thread of low priority that is interrupted when the job is
     * cancelled and at its deadline. It should end by itself, with {@link JobResult.Partial}, at
     * {@link JobContext#deadline()}, which is earlier. It may run again, from the beginning, if an
     * instance dies: rows and parts of the earlier attempt are gone then, its events are not.
     */
    JobResult run(R request, JobContext context) throws InterruptedException;

    /**
     * The kinds of rows that can be read at {@code …/{id}/{kind}}, the main one first. The report
     * has the first rows of each under its name. Kinds that only other rows are assembled of are
     * left out.
     */
    default List<RowKind> rowKinds() {
        return List.of();
    }

    /**
     * The rows as the API and the export show them, one for each; by default their data.
     *
     * @param all reads rows of other kinds that belong to them
     */
    default List<?> rowViews(String kind, List<JobRow> rows, JobRows all) {
        return rows.stream().map(JobRow::data).toList();
    }

    /** The export of its rows, if it has one. */
    default Optional<JobExport> export() {
        return Optional.empty();
    }

    /** The page of the tool. */
    JobPage<R> page();

    /** Members of the view of a job beside those that every job has. */
    default Map<String, Object> viewMembers(R request) {
        return Map.of();
    }

    /** The part that answers a request for its media type in place of the JSON, if there is one. */
    default Optional<String> mainPart() {
        return Optional.empty();
    }

    /** The media types that {@link #mainPart} can have, for {@code Accept}. */
    default Set<String> mainPartTypes() {
        return Set.of();
    }

    /** Which earlier result answers this request too; by default none. */
    default Optional<Reuse> reuse(R request) {
        return Optional.empty();
    }

    /**
     * An earlier result that may be answered again.
     *
     * @param key equal for requests with the same result
     * @param maxAge how old it may be, from its creation
     */
    record Reuse(String key, Duration maxAge) {}
}
