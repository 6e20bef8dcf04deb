package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of the site, with all that its answers need prepared.
 *
 * @param contentType with the charset where it is text
 * @param cacheControl by kind: a name with a content hash never changes, anything else is asked for
 *     again
 * @param headers configured ones
 * @param modified when it was last changed
 * @param identity the file as it is
 * @param brotli the file compressed, where that gains anything
 * @param gzip the same
 */
record SiteFile(
        String contentType,
        String cacheControl,
        List<Header> headers,
        HttpDate modified,
        Representation identity,
        @Nullable Representation brotli,
        @Nullable Representation gzip)
        implements SiteEntry {

    /** A header of an answer. */
    record Header(String name, String value) {}

    /** Whether the answer depends on {@code Accept-Encoding}. */
    boolean isNegotiable() {
        return brotli != null || gzip != null;
    }

    boolean isInMemory() {
        return identity instanceof MemoryRepresentation;
    }

    Representation negotiate(HttpServletRequest request) {
        return AcceptEncoding.choose(request, identity, brotli, gzip);
    }

    /** Bytes that it takes in memory beside the file itself. */
    long compressedLength() {
        return (brotli == null ? 0 : brotli.length()) + (gzip == null ? 0 : gzip.length());
    }
}
