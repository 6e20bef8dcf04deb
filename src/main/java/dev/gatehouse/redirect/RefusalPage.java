package dev.gatehouse.redirect;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The plain-text page of a refused request: the reason and the remedy. */
class RefusalPage {

    private final SiteNames siteNames;

    RefusalPage(SiteNames siteNames) {
        this.siteNames = siteNames;
    }

    void write(HttpServletResponse response, Refusal refusal) throws IOException {
        byte[] body = text(refusal).getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Holds nothing of what came in the request. */
    String text(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_HOST -> unknownHost();
            case KUBE_PROBE ->
                    """
                    This is a probe of kubelet's, and it would be redirected. kubelet takes a \
                    redirect to another host name for success: the probe would never fail.

                    Probe %s on this connector, which is never redirected, or set the probe's \
                    scheme to HTTPS and its port to the HTTPS connector's: there every path \
                    is served, /actuator/health/liveness among them.
                    """
                            .formatted(PingFilter.PATH);
            case NOT_A_CHALLENGE -> "There is no such challenge.\n";
            case MALFORMED ->
                    "The request has no host, or one that is not a host, or its target is not a"
                            + " path.\n";
        };
    }

    private String unknownHost() {
        String remedy =
                switch (siteNames.source()) {
                    case CERTIFICATE ->
                            "To serve another name, add it to the certificate, or list all names in"
                                    + " gatehouse.redirect.hosts.";
                    case CONFIGURED ->
                            "To serve another name, add it to gatehouse.redirect.hosts and to the"
                                    + " certificate.";
                };
        return """
                This server does not serve the host that was asked for.

                It serves: %s.
                %s
                """
                .formatted(String.join(", ", siteNames.describe()), remedy);
    }
}
