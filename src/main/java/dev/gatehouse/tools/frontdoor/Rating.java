package dev.gatehouse.tools.frontdoor;

import java.util.Locale;

/** How good a finding is: the {@code verdict} of the API. */
enum Rating {
    /** As it should be. */
    GOOD,
    /** Worth knowing. */
    NOTE,
    /** Could be better. */
    WEAK,
    /** To be fixed. */
    BAD,
    /** The answer that would tell was not received. */
    NOT_TESTED;

    /** For class names and for people. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In words. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
