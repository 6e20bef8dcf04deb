package dev.gatehouse.tools.job;

/**
 * Something that happened to a job, numbered from 1, so that whoever lost the connection can go on
 * from where it broke.
 *
 * @param type {@code state}, or what the work calls it
 * @param data whatever JSON can say
 */
public record JobEvent(long id, String type, Object data) {}
