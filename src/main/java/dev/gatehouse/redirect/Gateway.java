package dev.gatehouse.redirect;

import java.util.List;

/**
 * An API gateway that sends plain HTTP.
 *
 * @param header the header in which it sends its secret
 * @param networks the networks it comes from; empty for any
 * @param paths the paths it may ask for; empty for any
 * @param userHeaders the headers in which it names its users
 */
record Gateway(
        String name,
        String header,
        GatewaySecrets secrets,
        Networks networks,
        PathPatterns paths,
        List<String> userHeaders) {}
