package dev.gatehouse.tools.job;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;

/**
 * What the work of a job writes to. Every method can be called by any thread. What a job writes
 * after it was cancelled is ignored.
 */
public interface JobContext {

    /** The caller of jobs that this server submits itself; no caller of the API has this name. */
    String THIS_SERVER = "this server";

    String id();

    /** Who submitted it. */
    default String caller() {
        return "";
    }

    /** The path of the job in the API, such as {@code /api/v1/screenshots/ID}. */
    String self();

    /** When the work should end by itself: before its thread is interrupted. */
    Instant deadline();

    /**
     * Tells how far the work is. Many in a short time become one event, the last is always sent.
     */
    void progress(JobProgress progress);

    /** Publishes an event. For few and small ones: what there may be thousands of is a row. */
    void publish(String type, Object data);

    /**
     * Writes a row of the result. A second one with the same kind and key replaces the first in its
     * place.
     *
     * @param kind such as {@code links}
     * @param key identifies it within its kind
     * @param facets what rows can be filtered by
     * @param data written as JSON
     * @return false where the limit of the result's size is reached, or the job was cancelled: the
     *     row is not written, and the work should end with {@link JobResult.Partial}
     */
    boolean row(String kind, String key, Map<String, String> facets, Object data);

    /**
     * Opens a binary part of the result, which is there once it is closed.
     *
     * @param name the last segment of its path, such as {@code image.png}
     * @return throws an IOException where the limit of the result's size is reached
     */
    OutputStream part(String name, String mediaType) throws IOException;
}
