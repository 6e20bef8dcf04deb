package dev.gatehouse.tools.frontdoor;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for, as JSON.
 *
 * @param host a host name, or a URL of it
 * @param healthPath what a kubelet would probe there; {@code /} where it is left out
 */
record CheckRequest(@Nullable String host, @Nullable String healthPath) {}
