package dev.gatehouse.tools.frontdoor;

import java.util.Locale;

/** What is looked at, in the order in which it is. */
enum Area {
    ALIVE("Both ports answer"),
    REDIRECT("Plain HTTP leads to HTTPS"),
    CHAIN("The way of redirects"),
    TLS("TLS and the certificate"),
    HSTS("Strict-Transport-Security"),
    HEADERS("Security headers"),
    HEALTH("What a health probe concludes");

    private final String title;

    Area(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As it stands in events and links. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
