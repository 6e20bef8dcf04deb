package dev.gatehouse.tools.job;

import java.util.List;
import java.util.Map;

/**
 * Which rows to read.
 *
 * @param after the number of the last row that was read, or 0
 * @param facets rows that have, for each name, one of its values
 */
public record RowQuery(String kind, long after, int limit, Map<String, List<String>> facets) {

    /** The first rows of a kind. */
    public static RowQuery first(String kind, int limit) {
        return new RowQuery(kind, 0, limit, Map.of());
    }
}
