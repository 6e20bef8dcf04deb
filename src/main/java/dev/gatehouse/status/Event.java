package dev.gatehouse.status;

import java.time.Instant;

/**
 * Something that changed.
 *
 * @param text for everybody
 * @param detail for those who are signed in
 */
record Event(Instant at, Condition condition, String text, String detail) {}
