package dev.gatehouse.redirect;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is served over plain HTTP, apart from the API gateways.
 *
 * @param loopback whether clients on this machine that ask for this machine are; turn it off where
 *     a sidecar proxy in the pod makes every visitor come from loopback
 */
@ConfigurationProperties("gatehouse.exemptions")
record ExemptionProperties(@DefaultValue("true") boolean loopback) {}
