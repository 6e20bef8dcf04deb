package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.REDIRECT;

import dev.gatehouse.tools.frontdoor.Facts.Redirect;
import dev.gatehouse.tools.outbound.Exchange.Answered;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.Target;
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
            rules.findings.addAll(OpenRedirectRules.judge(facts));
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
                            "redirection-not-to-https-on-initial-redirection",
                            10,
                            "The first redirect stays on plain HTTP.",
                            evidence,
                            "Redirect to HTTPS first, on the same host, and anywhere else from"
                                    + " there."));
            return;
        }
        add(sameHost(to, evidence));
        add(pathAndQuery(to, evidence));
        findings.addAll(RedirectStatusRules.judge(facts, answered));
    }

    private Finding sameHost(String to, Evidence evidence) {
        if (Location.host(to).equals(facts.host())) {
            return Finding.good(
                    REDIRECT,
                    "redirection-to-https",
                    "Port 80 leads to HTTPS on the same host in one hop.",
                    evidence);
        }
        return Finding.weak(
                REDIRECT,
                "redirection-off-host-from-http",
                5,
                "The first redirect leads to another host, so HSTS is never set for this" + " one.",
                evidence,
                "Redirect to HTTPS on the same host first, and to the other from there.");
    }

    private Finding pathAndQuery(String to, Evidence evidence) {
        if (to.endsWith(Redirect.PATH)) {
            return Finding.good(
                    REDIRECT,
                    "redirect-path-kept",
                    "Path and query are kept byte for byte.",
                    evidence);
        }
        return Finding.weak(
                REDIRECT,
                "redirect-path-lost",
                5,
                "The redirect changes or loses the path or the query.",
                evidence,
                "Append the request's target as it came: trailing slash, encoding and" + " query.");
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
