package dev.gatehouse.tools.api;

import org.jspecify.annotations.Nullable;

/**
 * Who submits a job.
 *
 * @param key a gateway's user, a gateway, or the network of a client
 * @param isGateway whether it is a gateway that did not name its user, and so stands for many
 * @param plan the plan of a gateway's user, as the gateway named it
 */
record Caller(String key, boolean isGateway, @Nullable String plan) {}
