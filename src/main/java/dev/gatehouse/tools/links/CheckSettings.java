package dev.gatehouse.tools.links;

import dev.gatehouse.tools.crawl.Globs;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An accepted request, ready to run.
 *
 * @param wholeSite whether more than the first page is read
 */
record CheckSettings(
        HttpUrl start,
        boolean wholeSite,
        int maxPages,
        @Nullable Integer maxDepth,
        Globs include,
        Globs exclude,
        boolean external,
        boolean fragments,
        boolean sitemap,
        boolean robots) {

    /** Of a request that has all its defaults. */
    static CheckSettings of(DeadLinksRequest request) {
        if (!(HttpUrl.parse(Objects.requireNonNull(request.url()))
                instanceof HttpUrl.Http(HttpUrl start))) {
            throw new IllegalArgumentException("The request was not accepted.");
        }
        boolean wholeSite = DeadLinksRequest.SITE.equals(request.scope());
        return new CheckSettings(
                start.withoutFragment(),
                wholeSite,
                wholeSite && request.maxPages() != null ? request.maxPages() : 1,
                request.maxDepth(),
                Globs.of(Objects.requireNonNullElse(request.include(), List.of())),
                Globs.of(Objects.requireNonNullElse(request.exclude(), List.of())),
                !Boolean.FALSE.equals(request.external()),
                !Boolean.FALSE.equals(request.fragments()),
                wholeSite && !Boolean.FALSE.equals(request.sitemap()),
                !Boolean.FALSE.equals(request.robots()));
    }
}
