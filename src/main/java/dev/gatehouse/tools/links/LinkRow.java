package dev.gatehouse.tools.links;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.tools.links.LinkFacts.Hop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link as it is stored; its places are rows of their own.
 *
 * @param also other verdicts that apply
 * @param status of the last response, or null
 * @param rewrite the URL to write in its place, or null
 * @param archive where a copy of a broken page may be found, by the form of the URL only, or null
 * @param placeCount how often it stands in the pages
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record LinkRow(
        String url,
        String verdict,
        List<String> also,
        @Nullable Integer status,
        String reason,
        List<Hop> redirects,
        @Nullable String rewrite,
        @Nullable String archive,
        int placeCount) {

    static LinkRow of(String url, Judgement judgement, List<Hop> redirects, int placeCount) {
        boolean gone =
                judgement.verdict() == LinkVerdict.BROKEN
                        || judgement.verdict() == LinkVerdict.SOFT_404;
        return new LinkRow(
                url,
                judgement.verdict().text(),
                judgement.also().stream().map(LinkVerdict::text).toList(),
                judgement.status(),
                judgement.reason(),
                redirects,
                judgement.rewrite(),
                gone && url.startsWith("http") ? "https://web.archive.org/web/" + url : null,
                placeCount);
    }

    /** A link as the API shows it. */
    record View(
            String url,
            String verdict,
            List<String> also,
            @Nullable Integer status,
            String reason,
            List<Hop> redirects,
            @Nullable String rewrite,
            @Nullable String archive,
            int placeCount,
            List<Place> places) {}

    View with(List<Place> places) {
        return new View(
                url,
                verdict,
                also,
                status,
                reason,
                redirects,
                rewrite,
                archive,
                placeCount,
                places);
    }
}
