package dev.gatehouse.site;

import org.jspecify.annotations.Nullable;

/**
 * A file of the site, with all that its answers need made once.
 *
 * @param contentType with the charset where it is text
 * @param cacheControl by kind: a fingerprinted name never changes, anything else is asked for again
 * @param lastModified in milliseconds, whole seconds as HTTP dates have them
 * @param identity the file as it is
 * @param gzip the same compressed, or null where that gains nothing
 */
record SiteFile(
        String contentType,
        String cacheControl,
        long lastModified,
        Content identity,
        @Nullable Content gzip)
        implements SiteEntry {}
