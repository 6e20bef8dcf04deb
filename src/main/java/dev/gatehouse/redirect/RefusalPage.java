package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says in plain text why a request was refused and what would be served instead. */
class RefusalPage {

    private final SiteNames siteNames;

    RefusalPage(SiteNames siteNames) {
        this.siteNames = siteNames;
    }

    void write(HttpServletResponse response, Refused refused) throws IOException {
        byte[] body = text(refused).getBytes(StandardCharsets.UTF_8);
        response.setStatus(refused.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Holds nothing of what came in the request. */
    private String text(Refused refused) {
        return switch (refused.reason()) {
            case UNKNOWN_HOST ->
                    """
                    This server does not serve the host that was asked for.

                    It serves: %s.
                    To serve another name, add it to the certificate.
                    """
                            .formatted(String.join(", ", siteNames.describe()));
            case MALFORMED, TLS, PING, LOOPBACK, GATEWAY, HTTPS_REQUIRED ->
                    "The request has no host, or its target is not a path.\n";
        };
    }
}
