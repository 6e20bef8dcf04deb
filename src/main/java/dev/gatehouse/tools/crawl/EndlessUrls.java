package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognizes URLs of which a site makes up ever more: calendars, session ids, relative links that
 * grow. One crawl has it, under its lock.
 */
final class EndlessUrls {

    private static final int LONGEST = 2048;
    private static final int MOST_REPEATED = 4;
    private static final int MANY_OF_A_SHAPE = 100;

    private static final Pattern SESSION_PATH =
            Pattern.compile(";(?:jsessionid|sid|phpsessid)=[^/?;]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SESSION_PARAMETER =
            Pattern.compile(
                    "(?:jsessionid|phpsessid|sid|session_?id|aspsessionid\\w*|cfid|cftoken|zenid|osCsid)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final Map<String, Integer> shapes = new HashMap<>();

    /** What makes the URL another one: all but fragment and session id. */
    static String key(HttpUrl url) {
        String text = url.withoutFragment().toString();
        return text.indexOf(';') < 0 && url.query() == null ? text : withoutSession(url);
    }

    private static String withoutSession(HttpUrl url) {
        String path = SESSION_PATH.matcher(url.path()).replaceAll("");
        String query = url.query();
        if (query == null || query.indexOf('=') < 0) {
            return url.origin() + path + (query == null ? "" : "?" + query);
        }
        String kept =
                Arrays.stream(query.split("&", -1))
                        .filter(part -> !SESSION_PARAMETER.matcher(part.split("=", 2)[0]).matches())
                        .collect(Collectors.joining("&"));
        return url.origin() + path + (kept.isEmpty() && !query.isEmpty() ? "" : "?" + kept);
    }

    /** Whether it grew out of itself. */
    static boolean isEndless(HttpUrl url) {
        int length = url.path().length() + (url.query() == null ? 0 : url.query().length());
        return length > LONGEST || repeats(url.path());
    }

    /**
     * Counts the URL, and tells whether there were many that differ from it in numbers and values
     * alone. A calendar or a shop may have them: they are visited last, so that neither keeps the
     * rest from being visited.
     */
    boolean isOneOfMany(HttpUrl url) {
        return (url.query() != null || DIGITS.matcher(url.path()).find())
                && shapes.merge(shape(url), 1, Integer::sum) > MANY_OF_A_SHAPE;
    }

    /** A segment that is there again and again, as {@code /a/b/a/b/a/b/a/b}. */
    private static boolean repeats(String path) {
        List<String> segments = List.of(path.split("/", -1));
        if (segments.size() <= 2 * MOST_REPEATED) {
            return false;
        }
        Map<String, Integer> counts = new HashMap<>();
        return segments.stream()
                .filter(segment -> !segment.isEmpty())
                .anyMatch(segment -> counts.merge(segment, 1, Integer::sum) > MOST_REPEATED);
    }

    private static String shape(HttpUrl url) {
        String names =
                url.query() == null
                        ? ""
                        : Arrays.stream(url.query().split("&", -1))
                                .map(part -> part.split("=", 2)[0].toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining("&"));
        return url.host() + DIGITS.matcher(url.path()).replaceAll("0") + "?" + names;
    }
}
