package dev.gatehouse.frontdoor;

import static dev.gatehouse.frontdoor.Area.REDIRECT;

import dev.gatehouse.fetch.Exchange;
import dev.gatehouse.fetch.Exchange.Answered;
import dev.gatehouse.fetch.Scheme;
import dev.gatehouse.fetch.Target;
import dev.gatehouse.frontdoor.Facts.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether port 80 leads to HTTPS in one hop, loses nothing, and leads nowhere else. */
final class RedirectRules {

    private final Redirect facts;
    private final List<Finding> findings = new ArrayList<>();

    private RedirectRules(Redirect facts) {
        this.facts = facts;
    }

    static List<Finding> judge(Redirect facts) {
        RedirectRules rules = new RedirectRules(facts);
        if (facts.get() instanceof Answered answered) {
            Optional<String> location = Location.of(answered);
            location.ifPresentOrElse(to -> rules.redirected(answered, to), rules::notRedirected);
            rules.openRedirects();
        }
        return rules.findings;
    }

    private void notRedirected() {
        Answered answered = (Answered) facts.get();
        Evidence evidence = Evidence.of(answered);
        if (answered.answer().status() >= 400) {
            add(
                    Finding.note(
                            REDIRECT,
                            "redirection-not-needed-no-http",
                            "Port 80 answers with an error and serves nothing.",
                            evidence));
            return;
        }
        add(
                Finding.bad(
                        REDIRECT,
                        "redirection-missing",
                        20,
                        "Port 80 serves content and does not redirect to HTTPS.",
                        evidence,
                        "Answer every request there with 301 or 308 to the same path over HTTPS."));
    }

    private void redirected(Answered answered, String location) {
        Evidence evidence = Evidence.of(answered);
        Target from = new Target(Scheme.HTTP, facts.host(), 80, Redirect.PATH);
        String to = Location.absolute(from, location).orElse(location);
        if (!to.toLowerCase(Locale.ROOT).startsWith("https://")) {
            add(
                    Finding.bad(
                            REDIRECT,
                            "redirection-not-to-https",
                            20,
                            "The first redirect stays on plain HTTP.",
                            evidence,
                            "Redirect to HTTPS first, on the same host, and anywhere else from"
                                    + " there."));
            return;
        }
        sameHost(to, evidence);
        pathAndQuery(to, evidence);
        status(answered, evidence);
        method();
    }

    private void sameHost(String to, Evidence evidence) {
        if (hostOf(to).equals(facts.host())) {
            add(
                    Finding.good(
                            REDIRECT,
                            "redirection-to-https",
                            "Port 80 leads to HTTPS on the same host in one hop.",
                            evidence));
            return;
        }
        add(
                Finding.weak(
                        REDIRECT,
                        "redirection-off-host-from-http",
                        5,
                        "The first redirect leads to another host, so HSTS is never set for this"
                                + " one.",
                        evidence,
                        "Redirect to HTTPS on the same host first, and to the other from there."));
    }

    private void pathAndQuery(String to, Evidence evidence) {
        if (to.endsWith(Redirect.PATH)) {
            add(
                    Finding.good(
                            REDIRECT,
                            "redirect-path-kept",
                            "Path and query are kept byte for byte.",
                            evidence));
            return;
        }
        add(
                Finding.weak(
                        REDIRECT,
                        "redirect-path-lost",
                        5,
                        "The redirect changes or loses the path or the query.",
                        evidence,
                        "Append the request's target as it came: trailing slash, encoding and"
                                + " query."));
    }

    private void status(Answered answered, Evidence evidence) {
        int status = answered.answer().status();
        if (status == 301 || status == 308) {
            add(
                    Finding.good(
                            REDIRECT,
                            "redirect-permanent",
                            "The redirect is permanent (%d).".formatted(status),
                            evidence));
            return;
        }
        add(
                Finding.weak(
                        REDIRECT,
                        "redirect-temporary",
                        2,
                        "The redirect is temporary (%d), so every visit begins on plain HTTP."
                                .formatted(status),
                        evidence,
                        "Answer with 301, or 308 where the method must be kept."));
    }

    private void method() {
        if (!(facts.post() instanceof Answered post)) {
            return;
        }
        boolean turnsIntoGet =
                Location.of(post).isPresent()
                        && post.answer().status() != 307
                        && post.answer().status() != 308;
        add(
                turnsIntoGet
                        ? Finding.weak(
                                REDIRECT,
                                "redirect-method-lost",
                                2,
                                "A POST is redirected with %d, which clients turn into a GET."
                                        .formatted(post.answer().status()),
                                Evidence.of(post),
                                "Answer everything but GET and HEAD with 308 (RFC 9110, 15.4.9).")
                        : Finding.good(
                                REDIRECT,
                                "redirect-method-kept",
                                "A POST is not silently turned into a GET.",
                                Evidence.of(post)));
    }

    private void openRedirects() {
        open("open-redirect-host", 15, "the Host header", facts.foreignHost());
        open("open-redirect-absolute-form", 15, "an absolute-form target", facts.absoluteForm());
        open("open-redirect-forwarded-host", 20, "X-Forwarded-Host", facts.forwardedHost());
    }

    private void open(String id, int points, String by, Exchange exchange) {
        boolean open =
                Location.of(exchange)
                        .map(location -> hostOf(location).equals(Redirect.FOREIGN))
                        .orElse(false);
        add(
                open
                        ? Finding.bad(
                                REDIRECT,
                                id,
                                points,
                                "A stranger can name the redirect's host by %s.".formatted(by),
                                Evidence.of(exchange),
                                "Redirect to names of the site alone, from a list, and refuse"
                                        + " others with 421.")
                        : Finding.good(
                                REDIRECT,
                                id,
                                "No redirect to a host that is named by %s.".formatted(by),
                                Evidence.of(exchange)));
    }

    private static String hostOf(String url) {
        return Target.parse(url) instanceof Target.Accepted(var target)
                ? target.host()
                : url.replaceFirst("^[a-z]+://", "").split("[/:?#]", 2)[0];
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
