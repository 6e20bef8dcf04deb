package dev.gatehouse.tools.crawl;

/**
 * How far a crawl is.
 *
 * @param done URLs whose visit is over
 * @param queued URLs that wait
 * @param pages of the site that were read
 * @param requests of URLs, without the following
 * @param fallbacks GET after a HEAD that failed
 * @param retries after a time-out or a back-off
 * @param others robots.txt, sitemaps, and what the visitor fetched beside
 * @param bytes received
 */
public record CrawlStatistics(
        int done,
        int queued,
        int pages,
        long requests,
        long fallbacks,
        long retries,
        long others,
        long bytes) {}
