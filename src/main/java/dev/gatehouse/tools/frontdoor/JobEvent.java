package dev.gatehouse.tools.frontdoor;

/**
 * An event of a job. Events are numbered from 1, so that a client that lost the connection can
 * continue after the last one it received.
 *
 * @param type {@code state}, {@code progress}, or a type of the work
 * @param data written as JSON
 */
public record JobEvent(long id, String type, Object data) {}
