package dev.gatehouse.redirect;

import dev.gatehouse.connector.IpAddressFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom a request came for, where somebody trusted says so: a gateway or a trusted proxy. */
public final class ForwardedClients {

    private final Map<String, Networks> gateways = new HashMap<>();
    private final TrustedProxies proxies;

    ForwardedClients(Gateways gateways, TrustedProxies proxies) {
        gateways.all().forEach(gateway -> this.gateways.put(gateway.name(), gateway.networks()));
        this.proxies = proxies;
    }

    /** Believes nobody. */
    public static ForwardedClients ofNobody() {
        return new ForwardedClients(
                new Gateways(List.of()), new TrustedProxies(Networks.parse("", List.of())));
    }

    /**
     * The client's address as the gateway named it that proved itself, or as the trusted proxy did
     * that the request came from; null where there is neither, or it named none.
     *
     * @param peer the address at the other end of the socket
     */
    public @Nullable String of(HttpServletRequest request, String peer) {
        Networks trusted = trusted(request, peer);
        return trusted == null ? null : ForwardedClient.named(request, trusted);
    }

    /** The address in an element of X-Forwarded-For, or null where it holds none. */
    public static @Nullable String addressOf(String element) {
        InetAddress address = ForwardedNode.addressOf(element);
        return address == null ? null : IpAddressFormat.format(address);
    }

    private @Nullable Networks trusted(HttpServletRequest request, String peer) {
        GatewayPrincipal caller = gateways.isEmpty() ? null : GatewayPrincipal.of(request);
        if (caller != null) {
            return gateways.get(caller.gateway());
        }
        return proxies.areTrusted(peer) ? proxies.networks() : null;
    }
}
