package dev.gatehouse.tools.frontdoor;

import java.util.Locale;

/** How good what was found is. */
enum Verdict {
    /** As it should be. */
    GOOD,
    /** Worth knowing, and nobody's fault. */
    NOTE,
    /** Could be better. */
    WEAK,
    /** Mend this. */
    BAD;

    /** As it stands in class names and for people to read. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
