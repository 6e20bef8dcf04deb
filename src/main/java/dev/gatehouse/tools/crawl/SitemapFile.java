package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sitemap that was asked for.
 *
 * @param named whether robots.txt or another sitemap names it; else it was tried
 * @param pages that it lists; none if it is an index
 * @param problem why it could not be read, or not to its end, or null
 */
public record SitemapFile(HttpUrl url, boolean named, List<Entry> pages, @Nullable String problem) {

    /** A page that a sitemap lists, with the time of its last change if it tells one. */
    public record Entry(HttpUrl url, @Nullable Instant lastModified) {}
}
