package dev.gatehouse.tools.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was when it was read.
 *
 * @param id 128 random bits: to know the id is to be allowed to read the job
 * @param caller who submitted it, and may cancel it
 * @param request the request with its defaults, as JSON
 * @param progress the last progress, as JSON
 * @param report what the work returned, as JSON
 * @param failure why it failed
 * @param expiresAt when an ended job is no longer kept
 * @param instance the instance that runs or ran it; before that, the one that accepted it
 * @param attempt how often it was started
 * @param lastEvent the id of its last event
 */
public record Job(
        String id,
        String tool,
        String caller,
        String request,
        JobState state,
        @Nullable String progress,
        @Nullable String report,
        JobResult.@Nullable Failed failure,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant expiresAt,
        String instance,
        int attempt,
        long lastEvent) {

    /** Whether it ended so long ago that its result is no longer kept. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
