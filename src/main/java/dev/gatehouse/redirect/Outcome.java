package dev.gatehouse.redirect;

import java.util.Locale;

/** What became of a request: a closed list, so that it can be a metric's tag. */
enum Outcome {
    SERVED,
    REDIRECTED,
    REFUSED,
    /** Served in report-only mode; redirected once the policy is enforced. */
    WOULD_REDIRECT,
    /** Served in report-only mode; refused once the policy is enforced. */
    WOULD_REFUSE;

    private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

    String tag() {
        return tag;
    }
}
