package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.connector.IpAddressFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.Principal;
import java.util.Arrays;

/**
 * Who asks: an API gateway by its name, or else the socket's peer; an IPv6 one by its network, of
 * which one household has 2^64 addresses.
 */
record Caller(String key) {

    private static final String GATEWAY = "gateway:";
    private static final int NETWORK_BYTES = 8;

    static Caller of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal != null && principal.getName().startsWith(GATEWAY)
                ? new Caller(principal.getName())
                : new Caller(network(Arrival.of(request).peer()));
    }

    boolean isGateway() {
        return key.startsWith(GATEWAY);
    }

    static String network(String peer) {
        try {
            InetAddress address = InetAddress.ofLiteral(peer);
            return address instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                    : IpAddressFormat.format(address);
        } catch (IllegalArgumentException _) {
            return peer;
        }
    }
}
