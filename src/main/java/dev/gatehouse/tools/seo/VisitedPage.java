package dev.gatehouse.tools.seo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules over a site know of a URL that was visited.
 *
 * @param url without fragment
 * @param status of its response
 * @param target where it redirects to, or null
 * @param isPage whether it is an HTML page
 * @param title its title, or empty
 * @param description its description, or empty
 * @param indexable whether Googlebot may index it
 * @param canonical the canonical URL that it names, or null
 * @param text a hash of its text, or 0 where it has hardly any
 * @param links the URLs within the site that it links to
 * @param alternates the URLs of its versions in other languages, by language
 * @param score its score, or 0
 * @param lighthouseScore its score by Lighthouse's rules, or 0
 */
record VisitedPage(
        String url,
        int status,
        @Nullable String target,
        boolean isPage,
        String title,
        String description,
        boolean indexable,
        @Nullable String canonical,
        long text,
        List<String> links,
        Map<String, String> alternates,
        int score,
        int lighthouseScore) {

    private static final int BYTES_OF_PAGE = 400;
    private static final int BYTES_OF_TEXT = 60;

    /** A URL that is no page of the site, such as a redirect. */
    static VisitedPage other(String url, int status, @Nullable String target) {
        return new VisitedPage(
                url, status, target, false, "", "", false, null, 0, List.of(), Map.of(), 0, 0);
    }

    /** About what it takes, in bytes. */
    long memory() {
        long texts = 3L * url.length() + title.length() + description.length();
        for (String link : links) {
            texts += BYTES_OF_TEXT + link.length();
        }
        for (String alternate : alternates.values()) {
            texts += 2 * BYTES_OF_TEXT + alternate.length();
        }
        return BYTES_OF_PAGE + texts;
    }

    /** Whether search engines show it under this URL. */
    boolean isShown() {
        return isPage && status < 300 && indexable && (canonical == null || canonical.equals(url));
    }
}
