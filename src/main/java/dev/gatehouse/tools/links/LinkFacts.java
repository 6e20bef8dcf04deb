package dev.gatehouse.tools.links;

import dev.gatehouse.tools.outbound.FetchResult.CertificateProblem;
import dev.gatehouse.tools.outbound.FetchResult.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a link.
 *
 * @param redirects from the link's URL to the one that answered
 * @param onlyPosted whether only forms with POST lead there: a GET may be refused then
 * @param isSoft404 whether the page is the one for paths that do not exist
 * @param missingFragment the fragment that the page has no element for, or null
 * @param https the URL to use in its place, with which https was seen to answer the same, or null
 */
record LinkFacts(
        Ending ending,
        List<Hop> redirects,
        boolean onlyPosted,
        boolean isSoft404,
        @Nullable String missingFragment,
        @Nullable String https) {

    /** How the last request ended. */
    sealed interface Ending {}

    /**
     * There was a response.
     *
     * @param challenge what shows that a bot challenge answered in place of the page, or null
     */
    record Answered(int status, @Nullable String challenge) implements Ending {}

    /** There was none. */
    record Failed(Failure failure, String detail, @Nullable CertificateProblem certificate)
            implements Ending {}

    /** A redirect leads back to a URL before it, or there are too many of them. */
    record Endless(String reason) implements Ending {}

    /** There was no request. */
    record NotRequested(String reason) implements Ending {}

    /** There cannot be a request: the URL is invalid. */
    record Invalid() implements Ending {}

    /**
     * A redirect.
     *
     * @param location where it leads, resolved
     */
    record Hop(String url, int status, String location) {

        boolean isPermanent() {
            return status == 301 || status == 308;
        }
    }
}
