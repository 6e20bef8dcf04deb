package dev.gatehouse.redirect;

import dev.gatehouse.connector.IpAddressFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client that a gateway speaks for, by the X-Forwarded-For of that gateway alone. */
final class ForwardedClient {

    private static final String HEADER = "X-Forwarded-For";

    private ForwardedClient() {}

    /**
     * The last address in the header that is none of the gateway's own: those before it are what
     * the client wrote. Without one, the address that the request came from.
     */
    static String of(HttpServletRequest request, Networks ownNetworks) {
        String client = named(request, ownNetworks);
        return client == null ? request.getRemoteAddr() : client;
    }

    /** The same, or null without one. */
    static @Nullable String named(HttpServletRequest request, Networks ownNetworks) {
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
