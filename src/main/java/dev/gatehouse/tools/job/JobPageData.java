package dev.gatehouse.tools.job;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job for its page.
 *
 * @param <R> the tool's request
 * @param report what the work returned, or null before the end and where it failed
 * @param query the parameters of the page's address: filters and {@code cursor}
 * @param views the rows of the main kind that the page shows, filtered and from the cursor on, as
 *     the API shows them
 * @param rows reads other rows
 * @param rowViews rows of a kind as the API shows them
 */
public record JobPageData<R>(
        Job job,
        R request,
        @Nullable JsonNode report,
        Map<String, String> query,
        List<JsonNode> views,
        JobRows rows,
        BiFunction<String, List<JobRow>, List<JsonNode>> rowViews) {}
