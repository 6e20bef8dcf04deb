package dev.gatehouse.tools.seo;

import org.jspecify.annotations.Nullable;

/**
 * What was found behind a URL that a page names.
 *
 * @param status of the last response, or 0 where there is none
 * @param redirects how many led there
 * @param finalUrl after the redirects
 * @param mediaType in lower case, or empty
 * @param bytes of the body, or -1 where unknown
 * @param width of an image in pixels, or 0 where unknown
 * @param height of an image in pixels, or 0 where unknown
 * @param canonical the canonical URL that the page there names, or null
 * @param indexable whether Google may index the page there
 */
record LinkedResource(
        String url,
        int status,
        int redirects,
        String finalUrl,
        String mediaType,
        long bytes,
        int width,
        int height,
        @Nullable String canonical,
        boolean indexable) {}
