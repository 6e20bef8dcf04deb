package dev.gatehouse.accesslog;

/** Puts an event into words. Called by one thread at a time. */
interface AccessLine {

    /** Appends the line without its end. */
    void append(AccessEvent event, LineBuffer line);
}
