package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Redirected;
import java.util.function.IntSupplier;

/**
 * Makes the redirect to a host that is known to be ours; path and query go along byte for byte.
 *
 * @param port the port of the public HTTPS address
 * @param isPermanent whether browsers may keep the redirect
 */
record Destination(IntSupplier port, boolean isPermanent) {

    private static final int HTTPS_DEFAULT_PORT = 443;
    private static final int MOVED_PERMANENTLY = 301;
    private static final int FOUND = 302;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    Redirected on(RequestedHost host, RedirectRequest request, DecisionReason reason) {
        int number = port.getAsInt();
        String authority = number == HTTPS_DEFAULT_PORT ? host.name() : host.name() + ":" + number;
        String location =
                request.query() == null
                        ? "https://" + authority + request.path()
                        : "https://" + authority + request.path() + "?" + request.query();
        return new Redirected(status(request.method()), location, reason);
    }

    /** A browser may turn 301 and 302 into a GET; anything but that is kept (RFC 9110, 15.4.9). */
    private int status(String method) {
        return switch (method) {
            case "GET", "HEAD" -> isPermanent ? MOVED_PERMANENTLY : FOUND;
            default -> isPermanent ? PERMANENT_REDIRECT : TEMPORARY_REDIRECT;
        };
    }
}
