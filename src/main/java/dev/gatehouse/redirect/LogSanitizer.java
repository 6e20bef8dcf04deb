package dev.gatehouse.redirect;

import org.jspecify.annotations.Nullable;

/** Makes text that a client sent fit for a line of the log: short, and visible ASCII alone. */
final class LogSanitizer {

    private static final int LONGEST = 120;

    private LogSanitizer() {}

    static String sanitize(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        String visible = text.replaceAll("[^\\x21-\\x7e]", "?");
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "...";
    }
}
