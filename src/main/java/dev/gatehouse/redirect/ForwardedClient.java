package dev.gatehouse.redirect;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
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
            InetAddress address = address(entry);
            if (address == null) {
                break;
            }
            client = address.getHostAddress();
            if (!ownNetworks.contains(address.getAddress())) {
                break;
            }
        }
        return client;
    }

    private static List<String> entriesFromTheEnd(HttpServletRequest request) {
        List<String> entries = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(HEADER))) {
            Collections.addAll(entries, line.split(",", -1));
        }
        return entries.reversed();
    }

    private static @Nullable InetAddress address(String entry) {
        try {
            return InetAddress.ofLiteral(entry.strip());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
