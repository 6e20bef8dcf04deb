package dev.gatehouse.tools.links;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report, beside its rows.
 *
 * @param pages that were read
 * @param summary links of each verdict
 * @param findingCounts findings of each id
 * @param hosts the hosts with the most links
 * @param budget which budget ended the check, or null
 * @param notVisited links that were found and not requested, or not even listed
 */
record DeadLinksReport(
        String url,
        String scope,
        int pages,
        Map<String, Integer> summary,
        Map<String, Integer> findingCounts,
        List<HostSummary> hosts,
        @Nullable String budget,
        NotVisited notVisited,
        Effort effort) {

    /**
     * A host.
     *
     * @param summary links of each verdict, without those that there are none of
     */
    record HostSummary(String host, int links, Map<String, Integer> summary) {}

    /**
     * What a budget left out.
     *
     * @param pages that were found, and of which the links were not read
     * @param links that are not listed, because there are more than the check may have
     * @param examples the first pages that were left out
     */
    record NotVisited(int pages, long links, List<String> examples) {}

    /**
     * What the check cost.
     *
     * @param requests of links, one for each redirect
     * @param fallbacks GET after a HEAD that failed
     * @param retries after a time-out, or because the server asked for it
     * @param others robots.txt, sitemaps, probes for soft 404s and comparisons with https
     */
    record Effort(
            long requests, long fallbacks, long retries, long others, long bytes, long millis) {}
}
