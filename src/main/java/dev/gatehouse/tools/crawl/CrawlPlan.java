package dev.gatehouse.tools.crawl;

import java.time.Duration;

/**
 * What one crawl does.
 *
 * @param robots whether robots.txt is obeyed
 * @param include what is visited, if there is any pattern
 * @param exclude what is not, even if it is included
 * @param requestTime for one request
 * @param bodyBytes that are kept of a body
 */
public record CrawlPlan(
        boolean robots,
        Globs include,
        Globs exclude,
        CrawlBudget budget,
        Duration requestTime,
        int bodyBytes) {

    private static final Duration REQUEST_TIME = Duration.ofSeconds(15);
    private static final int BODY_BYTES = 4 << 20;

    /** With the usual limits of a request. */
    public CrawlPlan(boolean robots, Globs include, Globs exclude, CrawlBudget budget) {
        this(robots, include, exclude, budget, REQUEST_TIME, BODY_BYTES);
    }
}
