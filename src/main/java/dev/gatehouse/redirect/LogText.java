package dev.gatehouse.redirect;

import org.jspecify.annotations.Nullable;

/** What a stranger sent, fit for a line of the log: short, and of visible ASCII alone. */
final class LogText {

    private static final int LONGEST = 120;

    private LogText() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        String visible = text.replaceAll("[^\\x21-\\x7e]", "?");
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "...";
    }
}
