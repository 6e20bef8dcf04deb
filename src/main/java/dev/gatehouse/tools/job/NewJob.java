package dev.gatehouse.tools.job;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A job to be stored.
 *
 * @param key the caller's idempotency key, unique for caller and tool
 * @param request with its defaults, as JSON: the same key with another request is refused
 * @param reuseKey equal for requests that have the same result, or null
 * @param queued it is refused where that many jobs of the tool are queued
 * @param unfinished it is refused where the caller has that many jobs of the tool that have not
 *     ended
 * @param kept time for which it is kept from its end
 */
public record NewJob(
        String id,
        String tool,
        String caller,
        @Nullable String key,
        String request,
        @Nullable String reuseKey,
        int queued,
        int unfinished,
        Duration kept) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    /** A job of a caller that may take the whole queue, such as this server. */
    public NewJob(
            String id,
            String tool,
            String caller,
            @Nullable String key,
            String request,
            @Nullable String reuseKey,
            int queued,
            Duration kept) {
        this(id, tool, caller, key, request, reuseKey, queued, Integer.MAX_VALUE, kept);
    }

    /** A new id. */
    public static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
