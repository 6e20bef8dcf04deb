package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.redirect.RedirectDecision.Redirected;
import dev.gatehouse.redirect.RedirectDecision.Refused;
import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * Decides what becomes of a request: a function of its plain facts alone. Over TLS everything is
 * served; over plain HTTP what an exemption names; all else is sent to HTTPS on one of the site's
 * own names.
 */
class RedirectPolicy {

    private static final int HTTPS_DEFAULT_PORT = 443;
    private static final int MOVED_PERMANENTLY = 301;
    private static final int PERMANENT_REDIRECT = 308;
    private static final int BAD_REQUEST = 400;
    private static final int MISDIRECTED_REQUEST = 421;

    private static final Pattern ENCODED_PARENT =
            Pattern.compile("(?i)(?:/|%2f|%5c)(?:\\.|%2e){2}(?:%2f|%5c)");

    private final List<Exemption> exemptions;
    private final SiteNames siteNames;
    private final IntSupplier httpsPort;

    /**
     * @param exemptions in the order in which they are asked
     * @param httpsPort the port of the public HTTPS address
     */
    RedirectPolicy(List<Exemption> exemptions, SiteNames siteNames, IntSupplier httpsPort) {
        this.exemptions = List.copyOf(exemptions);
        this.siteNames = siteNames;
        this.httpsPort = httpsPort;
    }

    RedirectDecision decide(RedirectRequest request) {
        if (request.connector() == ConnectorName.HTTPS) {
            return new Served(Reason.TLS);
        }
        for (Exemption exemption : exemptions) {
            if (exemption.isExempt(request)) {
                return new Served(exemption.reason());
            }
        }
        return toHttps(request);
    }

    private RedirectDecision toHttps(RedirectRequest request) {
        String header = request.host();
        RequestedHost host = header == null ? null : RequestedHost.parse(header).orElse(null);
        if (host == null || !isPath(request.path())) {
            return new Refused(BAD_REQUEST, Reason.MALFORMED);
        }
        if (!siteNames.covers(host)) {
            return new Refused(MISDIRECTED_REQUEST, Reason.UNKNOWN_HOST);
        }
        return new Redirected(status(request.method()), location(host, request));
    }

    /** Tomcat normalises dots between plain slashes; between encoded ones they are left to us. */
    private static boolean isPath(String target) {
        return target.startsWith("/") && !ENCODED_PARENT.matcher(target).find();
    }

    /**
     * GET and HEAD may be cached as 301; anything else must not become a GET (RFC 9110, 15.4.9).
     */
    private static int status(String method) {
        return switch (method) {
            case "GET", "HEAD" -> MOVED_PERMANENTLY;
            default -> PERMANENT_REDIRECT;
        };
    }

    private String location(RequestedHost host, RedirectRequest request) {
        int port = httpsPort.getAsInt();
        StringBuilder location = new StringBuilder("https://").append(host.name());
        if (port != HTTPS_DEFAULT_PORT) {
            location.append(':').append(port);
        }
        location.append(request.path());
        if (request.query() != null) {
            location.append('?').append(request.query());
        }
        return location.toString();
    }
}
