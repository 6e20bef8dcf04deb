package dev.gatehouse.page;

import java.util.regex.Pattern;

/**
 * Text of other sites as it may be shown: without the control characters that a terminal obeys, and
 * without those that turn the direction of what follows (Unicode's bidirectional formatting).
 */
public final class VisibleText {

    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r]]|[\\u202a-\\u202e\\u2066-\\u2069]");

    private VisibleText() {}

    /** The same, with the replacement character in the place of each. */
    public static String of(String text) {
        return HIDDEN.matcher(text).replaceAll("\ufffd");
    }
}
