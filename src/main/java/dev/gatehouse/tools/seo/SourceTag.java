package dev.gatehouse.tools.seo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A tag as it stands in the source of a page. Parsers drop a second head or body without a trace.
 *
 * @param name in lower case; {@code !doctype} for the doctype
 * @param isEnd whether it is an end tag
 * @param position the index of its first character
 * @param line from 1
 * @param column from 1
 */
record SourceTag(String name, boolean isEnd, int position, int line, int column) {

    private static final Set<String> STRUCTURE = Set.of("!doctype", "html", "head", "body");

    /** What stands in these is text. */
    private static final Set<String> TEXT =
            Set.of("script", "style", "textarea", "title", "noscript", "iframe", "xmp", "template");

    private static final int MOST = 1000;

    /** The doctype and the tags html, head and body outside of comments and of text. */
    static List<SourceTag> structure(String source) {
        List<SourceTag> tags = new ArrayList<>();
        int line = 1;
        int lineStart = 0;
        int counted = 0;
        int at = source.indexOf('<');
        while (at >= 0 && tags.size() < MOST) {
            if (source.startsWith("<!--", at)) {
                int end = source.indexOf("-->", at + 2);
                at = end < 0 ? -1 : source.indexOf('<', end);
                continue;
            }
            boolean isEnd = source.startsWith("/", at + 1);
            int start = at + (isEnd ? 2 : 1);
            String name = name(source, start);
            if (STRUCTURE.contains(name)) {
                for (; counted < at; counted++) {
                    if (source.charAt(counted) == '\n') {
                        line++;
                        lineStart = counted + 1;
                    }
                }
                tags.add(new SourceTag(name, isEnd, at, line, at - lineStart + 1));
            }
            int next = start + name.length();
            if (!isEnd && TEXT.contains(name)) {
                next = endOf(source, name, next);
            }
            at = source.indexOf('<', Math.max(at + 1, next));
        }
        return List.copyOf(tags);
    }

    private static String name(String source, int start) {
        int end = start;
        while (end < source.length() && end - start < 16 && isNameCharacter(source.charAt(end))) {
            end++;
        }
        return source.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '!';
    }

    private static int endOf(String source, String name, int from) {
        int at = source.indexOf("</", from);
        while (at >= 0 && !source.regionMatches(true, at + 2, name, 0, name.length())) {
            at = source.indexOf("</", at + 2);
        }
        return at < 0 ? source.length() : at;
    }
}
