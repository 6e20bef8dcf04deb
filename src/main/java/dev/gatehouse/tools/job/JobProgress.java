package dev.gatehouse.tools.job;

import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param total null where it is not known
 * @param unit what is counted, such as {@code areas}
 * @param text what is being done, in words
 */
public record JobProgress(int done, @Nullable Integer total, String unit, String text) {}
