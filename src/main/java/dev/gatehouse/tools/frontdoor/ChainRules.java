package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.CHAIN;

import dev.gatehouse.tools.frontdoor.Facts.Chain;
import dev.gatehouse.tools.frontdoor.Facts.Hop;
import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.List;

/** The way from plain HTTP to a page: no loop, no step back, no detour before HSTS. */
final class ChainRules {

    private static final int LONG = 4;

    private ChainRules() {}

    static List<Finding> judge(Chain chain) {
        List<Finding> findings = new ArrayList<>();
        Evidence evidence = Evidence.of(chain.hops().stream().map(Hop::exchange).toList());
        findings.add(end(chain, evidence));
        if (staysOnPlainHttp(chain)) {
            findings.add(
                    Finding.bad(
                            CHAIN,
                            "redirection-not-to-https",
                            20,
                            "The redirects end in a page over plain HTTP.",
                            evidence,
                            "Redirect to HTTPS on the same host, and anywhere else from there."));
        }
        if (stepsBack(chain)) {
            findings.add(
                    Finding.bad(
                            CHAIN,
                            "redirects.insecure",
                            20,
                            "The way leads from HTTPS back to plain HTTP.",
                            evidence,
                            "Let every redirect after the first lead to https:// URLs alone."));
        }
        if (leavesBeforeHsts(chain)) {
            findings.add(
                    Finding.weak(
                            CHAIN,
                            "redirects.http.first_redirect.no_hsts",
                            5,
                            "The way leaves the host before it has set HSTS over HTTPS.",
                            evidence,
                            "Redirect to HTTPS on the same host, set HSTS there, then go on."));
        }
        return findings;
    }

    private static Finding end(Chain chain, Evidence evidence) {
        return switch (chain.end()) {
            case ANSWERED -> answered(chain, evidence);
            case LOOP ->
                    Finding.bad(
                            CHAIN,
                            "redirect-loop",
                            50,
                            "The redirects go in a circle, at " + chain.next() + ".",
                            evidence,
                            "Behind a proxy that ends TLS, decide by what the proxy says of the"
                                    + " connection, and trust the proxy alone.");
            case TOO_LONG ->
                    Finding.bad(
                            CHAIN,
                            "redirects.too_many",
                            20,
                            "After %d redirects there is still no page."
                                    .formatted(chain.hops().size()),
                            evidence,
                            "Lead to the page in one or two redirects.");
            case NOT_VISITED ->
                    Finding.weak(
                            CHAIN,
                            "redirect-not-visited",
                            5,
                            "A redirect leads to what is not visited from here: " + chain.next(),
                            evidence,
                            "Lead to public addresses on the ports 80 and 443.");
            case FAILED ->
                    Finding.bad(
                            CHAIN,
                            "redirect-to-nowhere",
                            20,
                            "The way ends without an answer.",
                            evidence,
                            "Look why the last host on the way does not answer.");
        };
    }

    private static Finding answered(Chain chain, Evidence evidence) {
        int redirects = chain.hops().size() - 1;
        if (redirects >= LONG) {
            return Finding.weak(
                    CHAIN,
                    "redirects-long",
                    2,
                    "It takes %d redirects to the page.".formatted(redirects),
                    evidence,
                    "Lead to the page in one or two redirects.");
        }
        return Finding.good(
                CHAIN,
                "redirects-end",
                "It takes %d redirect%s to the page."
                        .formatted(redirects, redirects == 1 ? "" : "s"),
                evidence);
    }

    private static boolean staysOnPlainHttp(Chain chain) {
        return chain.end() == Facts.End.ANSWERED
                && chain.hops().size() > 1
                && chain.hops().getLast().target().scheme() == Scheme.HTTP;
    }

    private static boolean stepsBack(Chain chain) {
        boolean secure = false;
        for (Hop hop : chain.hops()) {
            if (secure && hop.target().scheme() == Scheme.HTTP) {
                return true;
            }
            secure |= hop.target().scheme() == Scheme.HTTPS;
        }
        return secure && chain.next().startsWith("http://");
    }

    private static boolean leavesBeforeHsts(Chain chain) {
        for (Hop hop : chain.hops()) {
            if (!hop.target().host().equals(chain.host())) {
                return true;
            }
            if (hop.target().scheme() == Scheme.HTTPS && setsHsts(hop.exchange())) {
                return false;
            }
        }
        return false;
    }

    private static boolean setsHsts(Exchange exchange) {
        return exchange instanceof Exchange.Answered answered
                && answered.answer().header("Strict-Transport-Security").isPresent();
    }
}
