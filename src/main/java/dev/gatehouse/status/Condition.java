package dev.gatehouse.status;

import java.util.Locale;

/** How something is, from the best to the worst. */
enum Condition {
    /** Nothing is known: not configured, or not looked at yet. */
    UNKNOWN,
    ALIVE,
    BUSY,
    DEAD;

    /** As it stands in class names. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    Condition worse(Condition other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
