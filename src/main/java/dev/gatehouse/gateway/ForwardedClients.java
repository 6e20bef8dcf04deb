package dev.gatehouse.gateway;

import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.connector.Networks;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients that gateways and trusted proxies name in X-Forwarded-For. */
public final class ForwardedClients {

    private static final String HEADER = "X-Forwarded-For";

    private final TrustedProxies proxies;

    public ForwardedClients(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /**
     * The client's address as the gateway named it that proved itself, or as the trusted proxy did
     * that the request came from; null where there is neither, or it named none.
     *
     * @param peer the address at the other end of the socket
     */
    public @Nullable String of(HttpServletRequest request, String peer) {
        Networks trusted = trusted(request, peer);
        return trusted == null ? null : client(request, trusted);
    }

    /** The address in an element of X-Forwarded-For, or null where it holds none. */
    public static @Nullable String addressOf(String element) {
        InetAddress address = ForwardedNode.addressOf(element);
        return address == null ? null : IpAddressFormat.format(address);
    }

    private @Nullable Networks trusted(HttpServletRequest request, String peer) {
        GatewayPrincipal caller = GatewayPrincipal.of(request);
        if (caller != null) {
            return caller.gateway().networks();
        }
        return proxies.contains(peer) ? proxies.networks() : null;
    }

    /**
     * The last address in the header that is none of the proxy's own, or null without one: those
     * before it are what the client wrote.
     */
    static @Nullable String client(HttpServletRequest request, Networks ownNetworks) {
        String client = null;
        for (String entry : entriesFromTheEnd(request)) {
            InetAddress address = ForwardedNode.addressOf(entry);
            if (address == null) {
                break;
            }
            client = IpAddressFormat.format(address);
            if (!ownNetworks.contains(address.getAddress())) {
                break;
            }
        }
        return client;
    }

    /** The elements of all its lines; empty ones count for nothing (RFC 9110, 5.6.1). */
    private static List<String> entriesFromTheEnd(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HEADER)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList()
                .reversed();
    }
}
