package dev.gatehouse.tools.seo;

import org.jspecify.annotations.Nullable;

/**
 * What to audit.
 *
 * @param url the page, or the page of a site to begin with
 * @param scope {@code page} or {@code site}
 * @param maxPages pages of a site that are read at most
 */
record SeoRequest(@Nullable String url, @Nullable String scope, @Nullable Integer maxPages) {

    static final String PAGE = "page";
    static final String SITE = "site";
    static final int MAX_PAGES = 100;

    String urlText() {
        return url == null ? "" : url;
    }

    boolean isSite() {
        return SITE.equals(scope);
    }

    int pages() {
        return isSite() ? (maxPages == null ? MAX_PAGES : maxPages) : 1;
    }
}
