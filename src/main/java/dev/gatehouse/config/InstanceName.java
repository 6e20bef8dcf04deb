package dev.gatehouse.config;

/**
 * The name of this instance, in views of jobs and on the status page.
 *
 * @param value {@code gatehouse.instance}, or the host's name, which is a pod's name
 */
public record InstanceName(String value) {}
