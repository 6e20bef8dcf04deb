package dev.gatehouse.accesslog;

/** Puts an event into words. Called by one thread alone. */
interface AccessLine {

    /** Appends the line without its end. */
    void append(AccessEvent event, StringBuilder line);
}
