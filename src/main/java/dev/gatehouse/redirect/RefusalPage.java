package dev.gatehouse.redirect;

import dev.gatehouse.connector.PingFilter;
import dev.gatehouse.redirect.RedirectDecision.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page of a refused request, as HTML for browsers and as text for others. It holds nothing of
 * the request, and no names, addresses or properties of this server: those are in the log.
 */
class RefusalPage {

    private static final Logger logger = LoggerFactory.getLogger(RefusalPage.class);

    /** Within the page: a style sheet of the refused host would be refused too. */
    private static final String STYLE =
            ":root{color-scheme:light dark}body{margin:0 auto;max-width:40rem;padding:clamp(2rem,12vh,"
                    + "8rem) 1.25rem;background:light-dark(#fbfaf7,#16181c);color:light-dark(#22252b,"
                    + "#e6e4df);font:1.0625rem/1.6 system-ui,sans-serif}h1{margin:0 0"
                    + " .25em;font-size:clamp(1.75rem,6vw,2.5rem);line-height:1.15}.lead{color:"
                    + "light-dark(#5c6068,#a4a8b0);font-size:1.2rem}";

    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(sha256(STYLE));

    private final LogRateLimiter unknownHosts;

    RefusalPage(InstantSource clock) {
        this.unknownHosts = LogRateLimiter.hourly(clock);
    }

    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            Refusal refusal,
            SiteNames siteNames)
            throws IOException {
        if (refusal == Refusal.UNKNOWN_HOST && unknownHosts.tryPass()) {
            logger.info(
                    "A request for a host that is not served was refused with 421; the access log"
                            + " has its name. Served: {}. {}",
                    String.join(", ", siteNames.describe()),
                    remedy(siteNames.source()));
        }
        boolean isHtml = isForReaders(refusal) && acceptsHtml(request);
        byte[] body = (isHtml ? html(refusal) : text(refusal)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (isHtml) {
            response.setHeader("Content-Security-Policy", POLICY);
        }
        response.setContentType(isHtml ? "text/html;charset=UTF-8" : "text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean isForReaders(Refusal refusal) {
        return refusal == Refusal.UNKNOWN_HOST || refusal == Refusal.MALFORMED;
    }

    private static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    /** Names and properties, for the log. */
    private static String remedy(SiteNames.Source source) {
        return switch (source) {
            case CERTIFICATE ->
                    "To serve another name, add it to the certificate, or list all names in"
                            + " gatehouse.redirect.hosts.";
            case CONFIGURED ->
                    "To serve another name, add it to gatehouse.redirect.hosts and to the"
                            + " certificate.";
        };
    }

    private static String text(Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_HOST -> "There is no site of this name here.\n";
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
            case MALFORMED -> "The address of this request is not valid.\n";
        };
    }

    private static String html(Refusal refusal) {
        return refusal == Refusal.UNKNOWN_HOST
                ? html(
                        "There is no site of this name here",
                        "The address leads to this server, but the server has no site of that name.",
                        "Check the address. If it is right, tell the people who run the site: the"
                                + " name leads to a server that does not know it.")
                : html(
                        "This address is not valid",
                        "The server cannot tell from the request what it is meant for.",
                        "Check the address, or begin at the site's home page.");
    }

    private static String html(String title, String lead, String more) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%1$s</title>
          <style>%4$s</style>
        </head>
        <body>
          <main>
            <h1>%1$s</h1>
            <p class="lead">%2$s</p>
            <p>%3$s</p>
          </main>
        </body>
        </html>
        """
                .formatted(title, lead, more, STYLE);
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java VM has it
        }
    }
}
