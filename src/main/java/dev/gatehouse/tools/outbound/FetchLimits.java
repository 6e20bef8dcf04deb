package dev.gatehouse.tools.outbound;

import java.time.Duration;

/**
 * The bounds of one fetch.
 *
 * @param time for the whole fetch, redirects included
 * @param bodyBytes of the decoded body that are kept; the rest is not read
 * @param redirects that are followed; 0 returns a redirect as it is
 */
public record FetchLimits(Duration time, int bodyBytes, int redirects) {}
