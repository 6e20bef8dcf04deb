package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.REDIRECT;

import dev.gatehouse.tools.frontdoor.Observations.PlainHttp;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpExchange.Answered;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether port 80 redirects to HTTPS at once, completely, and to no foreign host. */
record PlainHttpRules(PlainHttp observed) {

    static List<Finding> judge(PlainHttp observed) {
        if (!(observed.get() instanceof Answered answered)) {
            return List.of(
                    Finding.notTested(
                            REDIRECT,
                            "redirection-to-https",
                            "The redirect was not tested: port 80 did not answer.",
                            Transcript.of(observed.get())));
        }
        PlainHttpRules rules = new PlainHttpRules(observed);
        List<Finding> findings =
                new ArrayList<>(
                        answered.redirectLocation().isPresent()
                                ? rules.redirected(answered)
                                : List.of(rules.notRedirected(answered)));
        findings.addAll(rules.openRedirects());
        return findings;
    }

    private Optional<HttpUrl> redirectUrl(HttpExchange exchange) {
        HttpUrl requested = HttpUrl.of(Scheme.HTTP, observed.host(), PlainHttp.PATH);
        return exchange.redirectLocation().flatMap(requested::resolveHttp);
    }

    private Finding notRedirected(Answered answered) {
        Transcript transcript = Transcript.of(answered);
        return answered.response().status() >= 400
                ? Finding.note(
                        REDIRECT,
                        "redirection-not-needed-no-http",
                        "Port 80 answers with an error and serves nothing.",
                        transcript)
                : Finding.bad(
                        REDIRECT,
                        "redirection-missing",
                        20,
                        "Port 80 serves content and does not redirect to HTTPS.",
                        transcript,
                        "Answer every request there with 301 or 308 to the same path over HTTPS.");
    }

    private List<Finding> redirected(Answered answered) {
        Optional<HttpUrl> url = redirectUrl(answered).filter(to -> to.scheme() == Scheme.HTTPS);
        if (url.isEmpty()) {
            return List.of(
                    Finding.bad(
                            REDIRECT,
                            "redirection-not-to-https-on-initial-redirection",
                            10,
                            "The first redirect does not lead to HTTPS.",
                            Transcript.of(answered),
                            "Redirect to HTTPS first, on the same host, and elsewhere from"
                                    + " there."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(sameHost(url.get(), answered));
        findings.add(pathAndQuery(url.get(), answered));
        findings.add(permanence(answered));
        if (observed.post() instanceof Answered post) {
            findings.add(method(post));
        }
        return findings;
    }

    private Finding sameHost(HttpUrl to, Answered answered) {
        return to.host().equals(observed.host())
                ? Finding.good(
                        REDIRECT,
                        "redirection-to-https",
                        "Port 80 redirects to HTTPS on the same host at once.",
                        Transcript.of(answered))
                : Finding.weak(
                        REDIRECT,
                        "redirection-off-host-from-http",
                        5,
                        "The first redirect leads to another host, so HSTS is never set for this"
                                + " one.",
                        Transcript.of(answered),
                        "Redirect to HTTPS on the same host first, and to the other from there.");
    }

    private Finding pathAndQuery(HttpUrl to, Answered answered) {
        return to.pathAndQuery().equals(PlainHttp.PATH)
                ? Finding.good(
                        REDIRECT,
                        "redirect-path-kept",
                        "Path and query are kept byte for byte.",
                        Transcript.of(answered))
                : Finding.weak(
                        REDIRECT,
                        "redirect-path-lost",
                        5,
                        "The redirect changes or loses the path or the query.",
                        Transcript.of(answered),
                        "Append the request's target as it was received: trailing slash, encoding"
                                + " and query.");
    }

    private static Finding permanence(Answered answered) {
        int status = answered.response().status();
        return status == 301 || status == 308
                ? Finding.good(
                        REDIRECT,
                        "redirect-permanent",
                        "The redirect is permanent (%d).".formatted(status),
                        Transcript.of(answered))
                : Finding.weak(
                        REDIRECT,
                        "redirect-temporary",
                        2,
                        "The redirect is temporary (%d), so every visit begins on plain HTTP."
                                .formatted(status),
                        Transcript.of(answered),
                        "Answer with 301, or 308 where the method must be kept.");
    }

    private static Finding method(Answered post) {
        int status = post.response().status();
        boolean turnsIntoGet =
                post.redirectLocation().isPresent() && status != 307 && status != 308;
        return turnsIntoGet
                ? Finding.weak(
                        REDIRECT,
                        "redirect-method-lost",
                        2,
                        "A POST is redirected with %d, which clients turn into a GET."
                                .formatted(status),
                        Transcript.of(post),
                        "Answer everything but GET and HEAD with 308 (RFC 9110, 15.4.9).")
                : Finding.good(
                        REDIRECT,
                        "redirect-method-kept",
                        "A POST is not turned into a GET.",
                        Transcript.of(post));
    }

    private List<Finding> openRedirects() {
        return List.of(
                openRedirect("open-redirect-host", 15, "the Host field", observed.foreignHost()),
                openRedirect(
                        "open-redirect-absolute-form",
                        15,
                        "an absolute-form target",
                        observed.absoluteForm()),
                openRedirect(
                        "open-redirect-forwarded-host",
                        20,
                        "X-Forwarded-Host",
                        observed.forwardedHost()));
    }

    private Finding openRedirect(String id, int points, String by, HttpExchange exchange) {
        Transcript transcript = Transcript.of(exchange);
        if (exchange instanceof HttpExchange.Failed failed
                && failed.failure() == HttpExchange.Failure.TIMED_OUT) {
            return Finding.notTested(
                    REDIRECT, id, "A host named by %s got no answer.".formatted(by), transcript);
        }
        boolean open =
                redirectUrl(exchange)
                        .filter(url -> url.host().equals(PlainHttp.FOREIGN))
                        .isPresent();
        return open
                ? Finding.bad(
                        REDIRECT,
                        id,
                        points,
                        "A client can choose the redirect's host by %s.".formatted(by),
                        transcript,
                        "Redirect only to names of the site, from a list, and refuse others with"
                                + " 421.")
                : Finding.good(
                        REDIRECT,
                        id,
                        "No redirect to a host that is named by %s.".formatted(by),
                        transcript);
    }
}
