package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.CrawlClient;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.Optional;

/** The end of a URL that was queued. */
public sealed interface Visit {

    /** Without a fragment. */
    HttpUrl url();

    /** Lower than what was asked for where the budget of pages or the depth was reached. */
    FetchPurpose want();

    /** Links from the start. */
    int depth();

    /**
     * It was requested. A redirect is not followed: {@link Crawl#follow} queues where it leads.
     *
     * @param hops redirects one after the other that led to it
     * @param requests that it took
     */
    record Done(
            HttpUrl url, FetchPurpose want, int depth, int hops, int requests, FetchResult result)
            implements Visit {

        /** Where the redirect leads, with a fragment if it has one, or empty if it is none. */
        public Optional<HttpUrl> redirect() {
            return CrawlClient.target(result);
        }
    }

    /** It was not requested. */
    record Skipped(HttpUrl url, FetchPurpose want, int depth, Reason reason) implements Visit {}

    /** Why it was not requested. */
    enum Reason {
        /** robots.txt disallows it. */
        ROBOTS,
        /** robots.txt answered with an error of the server: all is disallowed (RFC 9309). */
        ROBOTS_UNAVAILABLE,
        /** The host asked to be left alone for longer than a crawl waits. */
        BACKED_OFF,
        /** A budget was used up before. */
        BUDGET
    }
}
