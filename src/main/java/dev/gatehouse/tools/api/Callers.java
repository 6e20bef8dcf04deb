package dev.gatehouse.tools.api;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.gateway.ForwardedClients;
import dev.gatehouse.gateway.GatewayPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.catalina.AccessLog;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers apart: by the user that an API gateway names once it has proved itself, else by the
 * network of the client, as the access log names it.
 */
class Callers {

    private static final int NETWORK_BYTES = 8; // a household has a /64 of IPv6
    private static final int LONGEST_USER = 200;

    private final ForwardedClients forwarded;

    Callers(ForwardedClients forwarded) {
        this.forwarded = forwarded;
    }

    Caller of(HttpServletRequest request) {
        GatewayPrincipal principal = GatewayPrincipal.of(request);
        return principal == null
                ? new Caller("client:" + network(client(request)), false, null)
                : ofGateway(principal, request);
    }

    private static Caller ofGateway(GatewayPrincipal principal, HttpServletRequest request) {
        String user = header(request, principal.gateway().userHeader());
        String plan = header(request, principal.gateway().planHeader());
        return user == null
                ? new Caller(principal.getName(), true, plan)
                : new Caller(principal.getName() + ":" + shortened(user), false, plan);
    }

    /** A name of any length is a user: only a request without one is the gateway's own. */
    private static String shortened(String user) {
        if (user.length() <= LONGEST_USER) {
            return user;
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(user.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Each JDK has it", ex);
        }
    }

    private static @Nullable String header(HttpServletRequest request, @Nullable String name) {
        String value = name == null ? null : request.getHeader(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private String client(HttpServletRequest request) {
        Arrival arrival = Arrival.of(request);
        String named =
                request.getAttribute(AccessLog.REMOTE_ADDR_ATTRIBUTE) instanceof String client
                        ? ForwardedClients.addressOf(client)
                        : forwarded.of(request, arrival.peer());
        return named == null ? arrival.client() : named;
    }

    private static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.ofDelimiter(":")
                            .formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : IpAddressFormat.format(parsed);
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
