package dev.gatehouse.site;

import dev.gatehouse.site.Compression.Compressed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of the site, with all that its answers need made once.
 *
 * @param contentType with the charset where it is text
 * @param contentEncoding the coding that the file itself is in, such as {@code .svgz}, or null
 * @param cacheControl by kind: a name with a content hash never changes, anything else is asked for
 *     again
 * @param modified when it was last changed
 * @param identity the file as it is
 * @param compressed the same compressed, where that gains anything, the best liked first
 */
record SiteFile(
        String contentType,
        @Nullable String contentEncoding,
        String cacheControl,
        Modified modified,
        Content identity,
        List<Compressed> compressed)
        implements SiteEntry {

    /**
     * What a client that sent this {@code Accept-Encoding} likes best, or null where that is the
     * file as it is.
     */
    @Nullable Compressed negotiate(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return null;
        }
        Compressed best = null;
        double quality = 0;
        for (Compressed candidate : compressed) {
            double candidateQuality = candidate.coding().qualityIn(acceptEncoding);
            if (candidateQuality > quality) {
                best = candidate;
                quality = candidateQuality;
            }
        }
        return best;
    }
}
