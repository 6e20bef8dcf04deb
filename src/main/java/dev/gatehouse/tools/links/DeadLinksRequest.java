package dev.gatehouse.tools.links;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to check, as JSON; once it is accepted, with all defaults.
 *
 * @param url of the first page; without a scheme, https
 * @param scope {@code page}: the links of that page; {@code site}: of all pages that it leads to
 * @param maxPages pages that are read
 * @param maxDepth links from the first page to the last one that is read, or null
 * @param include patterns of URLs that are requested; empty: all
 * @param exclude patterns of URLs that are not, also where they are included
 * @param external whether links to other sites are checked
 * @param fragments whether fragments are checked
 * @param sitemap whether the pages of the site's sitemaps are read too
 * @param robots whether robots.txt is obeyed
 */
record DeadLinksRequest(
        @Nullable String url,
        @Nullable String scope,
        @Nullable Integer maxPages,
        @Nullable Integer maxDepth,
        @Nullable List<String> include,
        @Nullable List<String> exclude,
        @Nullable Boolean external,
        @Nullable Boolean fragments,
        @Nullable Boolean sitemap,
        @Nullable Boolean robots) {

    static final String PAGE = "page";
    static final String SITE = "site";
    static final int MAX_PAGES = 500;
}
