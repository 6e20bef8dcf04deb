package dev.gatehouse.tools.job;

import java.util.List;

/**
 * A kind of rows.
 *
 * @param name such as {@code links}: the last segment of their path, and their name in the report
 * @param facets the names of the query parameters that filter them
 */
public record RowKind(String name, List<String> facets) {}
