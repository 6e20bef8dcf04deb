package dev.gatehouse.tools.seo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a page's site.
 *
 * @param now when the audit runs
 */
record SiteFacts(Robots robots, Sitemaps sitemaps, Instant now) {

    /**
     * The site's robots.txt.
     *
     * @param status of the response, or 0 where there is none
     * @param content null where there is none
     * @param error why there is no response, or empty
     */
    record Robots(int status, @Nullable String content, String error, RobotsFile file) {

        static Robots of(int status, @Nullable String content, String error) {
            boolean usable = status >= 200 && status <= 299 && content != null;
            return new Robots(
                    status,
                    usable ? content : null,
                    error,
                    usable && content != null ? RobotsFile.parse(content) : RobotsFile.EMPTY);
        }
    }

    /**
     * The site's sitemaps.
     *
     * @param entries by URL
     */
    record Sitemaps(List<SitemapFile> files, Map<String, SitemapEntry> entries) {

        static final Sitemaps NONE = new Sitemaps(List.of(), Map.of());

        boolean isEmpty() {
            return files.isEmpty();
        }

        /** Whether all that they list is known. */
        boolean areRead() {
            return files.stream().allMatch(file -> file.problem().isEmpty());
        }
    }

    /**
     * A sitemap or an index of sitemaps.
     *
     * @param entries pages that it lists
     * @param problem why it cannot be used, or not to its end, or empty
     */
    record SitemapFile(String url, int entries, String problem) {}

    /**
     * A URL in a sitemap.
     *
     * @param lastModified when it says that the page changed, or null
     * @param sitemap the URL of the sitemap
     */
    record SitemapEntry(String url, @Nullable Instant lastModified, String sitemap) {

        /** What one takes in memory beside its text. */
        static final int BYTES = 200;
    }
}
