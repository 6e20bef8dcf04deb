package dev.gatehouse.tools.links;

import java.util.Locale;

/** What is true of a link, the first one of all that apply. */
enum LinkVerdict {
    /** It was not checked. */
    SKIPPED,
    /** It was checked, and the response tells nothing about what a visitor gets. */
    UNKNOWN,
    /** It leads nowhere. */
    BROKEN,
    /** The server says 200 with the page that it sends for paths that do not exist. */
    SOFT_404,
    /** The page has no element that the fragment names. */
    BAD_FRAGMENT,
    /** It says http, and https answers the same. */
    INSECURE,
    /** It leads to another URL. */
    REDIRECTED,
    OK;

    /** As in a report: {@code bad-fragment}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
