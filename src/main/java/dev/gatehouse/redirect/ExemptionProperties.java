package dev.gatehouse.redirect;

import dev.gatehouse.connector.Networks;
import dev.gatehouse.gateway.PathPatterns;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is served over plain HTTP, apart from the API gateways.
 *
 * @param loopback whether clients on this machine that ask for this machine are; turn it off where
 *     a sidecar proxy in the pod makes every visitor come from loopback
 * @param networks networks in CIDR notation whose clients are, by the socket's peer
 * @param paths patterns of paths that are, to anybody; a path that changes by normalising never is
 */
@ConfigurationProperties("gatehouse.exemptions")
record ExemptionProperties(
        @DefaultValue("true") boolean loopback,
        @DefaultValue List<String> networks,
        @DefaultValue List<String> paths) {

    private static final String PREFIX = "gatehouse.exemptions.";

    ExemptionProperties {
        Networks.parse(PREFIX + "networks", networks);
        PathPatterns.parse(PREFIX + "paths", paths);
    }

    Networks parsedNetworks() {
        return Networks.parse(PREFIX + "networks", networks);
    }

    PathPatterns parsedPaths() {
        return PathPatterns.parse(PREFIX + "paths", paths);
    }
}
