package dev.gatehouse.accesslog;

/** Formats an event as a line. Called by one thread at a time. */
interface AccessLine {

    /** Appends the line without its end. */
    void append(AccessEvent event, LineBuffer line);
}
