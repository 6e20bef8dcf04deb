package dev.gatehouse.tools.crawl;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one crawl may do.
 *
 * @param pages of the site; what is found beyond them is asked for its status alone
 * @param links different URLs in all
 * @param bytes received, before decoding
 * @param time until it ends
 * @param depth of links from the start; deeper pages are asked for their status alone; null for any
 * @param redirects that are followed one after the other
 */
public record CrawlBudget(
        int pages, int links, long bytes, Duration time, @Nullable Integer depth, int redirects) {}
