package dev.gatehouse.tools.seo;

import org.jspecify.annotations.Nullable;

/**
 * Where a rule found what it judges.
 *
 * @param in what was read: {@code page}, {@code header}, {@code robots.txt}, {@code sitemap},
 *     {@code url}, or the URL of another page
 * @param line from 1, or null where there are no lines
 * @param column from 1, or null where there are no lines
 * @param snippet what stands there, at most 200 characters
 * @param text what is wrong with it, or empty
 */
record Evidence(
        String in, @Nullable Integer line, @Nullable Integer column, String snippet, String text) {

    private static final int LONGEST = 200;

    Evidence {
        snippet = shortened(snippet);
        text = shortened(text);
    }

    static Evidence inHeader(String name, String value, String text) {
        return new Evidence("header", null, null, name + ": " + value, text);
    }

    static Evidence inRobots(int line, String content, String text) {
        return new Evidence("robots.txt", line, 1, content, text);
    }

    static Evidence inSitemap(@Nullable Integer line, String content, String text) {
        return new Evidence("sitemap", line, line == null ? null : 1, content, text);
    }

    static Evidence ofUrl(String url, String text) {
        return new Evidence("url", null, null, url, text);
    }

    private static String shortened(String text) {
        String line = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        line = line.replaceAll("[\\s\\p{Cntrl}]++", " ").strip();
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = LONGEST - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }
}
