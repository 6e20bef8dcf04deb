package dev.gatehouse.tools.outbound;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.Networks;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the tools may connect to.
 *
 * @param allowedNetworks networks (CIDR) that the tools may visit although they are not public,
 *     such as those of staging sites; addresses of cloud metadata services stay refused
 * @param allowedPorts ports that the tools may visit beside 80 and 443
 */
@ConfigurationProperties("gatehouse.outbound")
record OutboundProperties(
        @DefaultValue List<String> allowedNetworks, @DefaultValue List<Integer> allowedPorts) {

    OutboundProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
        allowedPorts = List.copyOf(allowedPorts);
        Networks.parse("gatehouse.outbound.allowed-networks", allowedNetworks);
        for (int i = 0; i < allowedPorts.size(); i++) {
            if (allowedPorts.get(i) < 1 || allowedPorts.get(i) > 0xffff) {
                throw new InvalidPropertyException(
                        "gatehouse.outbound.allowed-ports[" + i + "]",
                        allowedPorts.get(i),
                        "is not a port",
                        "Set it to a number from 1 to 65535.");
            }
        }
    }

    Networks networks() {
        return Networks.parse("gatehouse.outbound.allowed-networks", allowedNetworks);
    }
}
