package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.CHAIN;

import dev.gatehouse.tools.frontdoor.Observations.Chain;
import dev.gatehouse.tools.frontdoor.Observations.ChainEnd;
import dev.gatehouse.tools.frontdoor.Observations.Hop;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.List;

/** The redirects from plain HTTP to a page: no loop, no downgrade, HSTS before another host. */
final class RedirectChainRules {

    private static final int LONG = 4;

    private RedirectChainRules() {}

    static List<Finding> judge(Chain chain) {
        List<Finding> findings = new ArrayList<>();
        Transcript transcript = Transcript.of(chain.exchanges());
        findings.add(end(chain, transcript));
        if (staysOnPlainHttp(chain)) {
            findings.add(
                    Finding.bad(
                            CHAIN,
                            "redirection-not-to-https",
                            20,
                            "The redirects end in a page over plain HTTP.",
                            transcript,
                            "Redirect to HTTPS on the same host, and anywhere else from there."));
        }
        if (downgrades(chain)) {
            findings.add(
                    Finding.bad(
                            CHAIN,
                            "redirects.insecure",
                            20,
                            "The redirects lead from HTTPS back to plain HTTP.",
                            transcript,
                            "Let every redirect after the first lead to https:// URLs."));
        }
        if (leavesHostBeforeHsts(chain)) {
            findings.add(
                    Finding.weak(
                            CHAIN,
                            "redirects.http.first_redirect.no_hsts",
                            5,
                            "The redirects leave the host before it has set HSTS over HTTPS.",
                            transcript,
                            "Redirect to HTTPS on the same host, set HSTS there, then go on."));
        }
        return findings;
    }

    private static Finding end(Chain chain, Transcript transcript) {
        return switch (chain.end()) {
            case ANSWERED -> answered(chain, transcript);
            case LOOP ->
                    Finding.bad(
                            CHAIN,
                            "redirect-loop",
                            50,
                            "The redirects loop, at " + chain.next() + ".",
                            transcript,
                            "Behind a proxy that terminates TLS, redirect by the scheme that the"
                                    + " proxy reports, and trust only the proxy.");
            case TOO_LONG ->
                    Finding.bad(
                            CHAIN,
                            "redirects.too_many",
                            20,
                            "After %d redirects there is still no page."
                                    .formatted(chain.hops().size()),
                            transcript,
                            "Redirect to the page in one or two steps.");
            case NOT_VISITED ->
                    Finding.weak(
                            CHAIN,
                            "redirect-not-visited",
                            5,
                            "A redirect leads to a URL that is not visited from here: "
                                    + chain.next(),
                            transcript,
                            "Redirect to public addresses on the ports 80 and 443.");
            case FAILED ->
                    Finding.bad(
                            CHAIN,
                            "redirect-to-nowhere",
                            20,
                            "The redirects end without a response.",
                            transcript,
                            "Find out why the last host does not answer.");
        };
    }

    private static Finding answered(Chain chain, Transcript transcript) {
        int redirects = chain.hops().size() - 1;
        if (redirects >= LONG) {
            return Finding.weak(
                    CHAIN,
                    "redirects-long",
                    2,
                    "It takes %d redirects to the page.".formatted(redirects),
                    transcript,
                    "Redirect to the page in one or two steps.");
        }
        return Finding.good(
                CHAIN,
                "redirects-end",
                "It takes %d redirect%s to the page."
                        .formatted(redirects, redirects == 1 ? "" : "s"),
                transcript);
    }

    private static boolean staysOnPlainHttp(Chain chain) {
        return chain.end() == ChainEnd.ANSWERED
                && chain.hops().size() > 1
                && chain.hops().getLast().url().scheme() == Scheme.HTTP;
    }

    private static boolean downgrades(Chain chain) {
        boolean secure = false;
        for (Hop hop : chain.hops()) {
            if (secure && hop.url().scheme() == Scheme.HTTP) {
                return true;
            }
            secure |= hop.url().scheme() == Scheme.HTTPS;
        }
        return secure && chain.next().startsWith("http://");
    }

    private static boolean leavesHostBeforeHsts(Chain chain) {
        for (Hop hop : chain.hops()) {
            if (!hop.url().host().equals(chain.host())) {
                return true;
            }
            if (hop.url().scheme() == Scheme.HTTPS && setsHsts(hop.exchange())) {
                return false;
            }
        }
        return false;
    }

    private static boolean setsHsts(HttpExchange exchange) {
        return exchange instanceof HttpExchange.Answered answered
                && answered.response().header("Strict-Transport-Security").isPresent();
    }
}
