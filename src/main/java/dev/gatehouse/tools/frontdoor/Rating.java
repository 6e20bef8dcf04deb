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

    /** For class names. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    String text() {
        return switch (this) {
            case GOOD -> "Passed";
            case NOTE -> "Info";
            case WEAK, BAD -> "Failed";
            case NOT_TESTED -> "Not tested";
        };
    }
}
