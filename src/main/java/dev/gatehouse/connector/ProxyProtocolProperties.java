package dev.gatehouse.connector;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The load balancers that name their clients by the PROXY protocol.
 *
 * @param trusted networks, in CIDR notation, of load balancers that begin each connection with a
 *     header of the PROXY protocol, version 1 or 2; a connection of theirs without one is closed,
 *     and one with a header from anywhere else is refused; without networks the protocol is off
 */
@ConfigurationProperties("gatehouse.proxy-protocol")
record ProxyProtocolProperties(@DefaultValue List<String> trusted) {

    ProxyProtocolProperties {
        trusted = List.copyOf(trusted);
        Networks.parse("gatehouse.proxy-protocol.trusted", trusted);
    }

    Networks trustedNetworks() {
        return Networks.parse("gatehouse.proxy-protocol.trusted", trusted);
    }
}
