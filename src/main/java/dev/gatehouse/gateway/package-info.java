/**
 * API gateways, their secrets and their principals; trusted proxies, and the clients that both
 * forward for.
 */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
