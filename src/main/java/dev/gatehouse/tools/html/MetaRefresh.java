package dev.gatehouse.tools.html;

import java.util.Optional;

/** The URL of a {@code refresh} pragma (HTML, "shared declarative refresh steps"). */
public final class MetaRefresh {

    private MetaRefresh() {}

    /** The URL as it is written; empty where the content is invalid or only reloads the page. */
    public static Optional<String> url(String content) {
        int at = skipSpaces(content, 0);
        int start = at;
        while (at < content.length() && isDigit(content.charAt(at))) {
            at++;
        }
        if (at == start && (at == content.length() || content.charAt(at) != '.')) {
            return Optional.empty();
        }
        while (at < content.length()
                && (isDigit(content.charAt(at)) || content.charAt(at) == '.')) {
            at++;
        }
        if (at == content.length()) {
            return Optional.empty();
        }
        char separator = content.charAt(at);
        if (separator != ';' && separator != ',' && !SrcSet.isSpace(separator)) {
            return Optional.empty();
        }
        at = skipSpaces(content, at);
        if (at < content.length() && (content.charAt(at) == ';' || content.charAt(at) == ',')) {
            at = skipSpaces(content, at + 1);
        }
        return at == content.length() ? Optional.empty() : Optional.of(written(content, at));
    }

    /** What follows, without {@code url=} and quotes where they are there. */
    private static String written(String content, int from) {
        int at = from;
        if (content.regionMatches(true, at, "url", 0, 3)) {
            int equals = skipSpaces(content, at + 3);
            if (equals == content.length() || content.charAt(equals) != '=') {
                return content.substring(from);
            }
            at = skipSpaces(content, equals + 1);
        }
        if (at < content.length() && (content.charAt(at) == '"' || content.charAt(at) == '\'')) {
            int end = content.indexOf(content.charAt(at), at + 1);
            return content.substring(at + 1, end < 0 ? content.length() : end);
        }
        return content.substring(at);
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && SrcSet.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
