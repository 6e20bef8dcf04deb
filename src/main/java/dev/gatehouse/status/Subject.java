package dev.gatehouse.status;

import java.util.Locale;

/** What is shown, by the health component that knows of it. */
enum Subject {
    HTTP("Plain HTTP"),
    HTTPS("HTTPS"),
    OUTSIDE("From outside");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The health component, and the metrics' tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
