package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;
import static dev.gatehouse.tools.frontdoor.Area.HSTS;

import dev.gatehouse.tools.frontdoor.Observations.Hop;
import dev.gatehouse.tools.frontdoor.Observations.Page;
import dev.gatehouse.tools.outbound.HttpExchange.Answered;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The security headers of the page that a visitor sees, after all redirects, by the names and
 * points of MDN's Observatory; and HSTS, which each host sets for itself.
 */
final class HeaderRules {

    private static final List<String> PRIVATE_REFERRER =
            List.of(
                    "no-referrer",
                    "same-origin",
                    "strict-origin",
                    "strict-origin-when-cross-origin");
    private static final List<String> OPEN_REFERRER =
            List.of(
                    "origin",
                    "origin-when-cross-origin",
                    "unsafe-url",
                    "no-referrer-when-downgrade");

    private final Answered shown;
    private final HtmlPage page;
    private final Transcript transcript;

    private HeaderRules(HttpUrl url, Answered shown) {
        this.shown = shown;
        this.page = HtmlPage.of(url, shown.response());
        this.transcript = Transcript.of(shown);
    }

    static List<Finding> judge(Page observed, Instant now) {
        List<Hop> answered =
                observed.chain().hops().stream().filter(h -> h.exchange().isAnswered()).toList();
        List<Hop> own =
                answered.stream()
                        .filter(h -> h.url().host().equals(observed.chain().host()))
                        .filter(
                                h ->
                                        h.exchange() instanceof Answered(_, _, var tls, _)
                                                && tls != null)
                        .toList();
        if (own.isEmpty()) {
            return notTested(observed);
        }
        Answered lastOwn = (Answered) own.getLast().exchange();
        List<Finding> findings = new ArrayList<>(new HstsRules(lastOwn, observed.plain()).judge());
        HttpUrl url = answered.getLast().url();
        HeaderRules rules = new HeaderRules(url, (Answered) answered.getLast().exchange());
        findings.addAll(rules.headers());
        List<SetCookie> cookies =
                answered.stream()
                        .map(h -> (Answered) h.exchange())
                        .flatMap(a -> SetCookie.all(a.response()).stream())
                        .toList();
        boolean hsts = lastOwn.response().header("Strict-Transport-Security").isPresent();
        Transcript all = Transcript.of(answered.stream().map(Hop::exchange).toList());
        findings.add(new CookieRules(cookies, hsts, now, all).judge());
        findings.addAll(
                ScriptRules.judge(
                        List.of(observed.chain().host(), url.host()),
                        rules.page,
                        rules.transcript));
        return findings;
    }

    private static List<Finding> notTested(Page observed) {
        Transcript transcript = Transcript.of(observed.chain().exchanges());
        return Stream.of(HSTS, HEADERS)
                .map(
                        area ->
                                Finding.notTested(
                                        area,
                                        area.tag() + "-not-tested",
                                        area.title()
                                                + ": not tested, since no page came over HTTPS.",
                                        transcript))
                .toList();
    }

    private List<Finding> headers() {
        ContentSecurityPolicy policy = ContentSecurityPolicy.of(shown.response(), page);
        List<Finding> findings = new ArrayList<>();
        findings.add(policy.judge(transcript));
        findings.add(contentTypeOptions());
        findings.add(frameOptions(policy));
        findings.add(referrerPolicy());
        findings.add(resourcePolicy());
        findings.addAll(crossOrigin());
        return findings;
    }

    private String value(String header) {
        return String.join(", ", shown.response().values(header)).toLowerCase(Locale.ROOT);
    }

    private Finding contentTypeOptions() {
        String value = value("X-Content-Type-Options");
        if (value.equals("nosniff")) {
            return Finding.good(
                    HEADERS,
                    "x-content-type-options-nosniff",
                    "Browsers do not guess types (nosniff).",
                    transcript);
        }
        return value.isEmpty()
                ? weak(
                        "x-content-type-options-not-implemented",
                        "X-Content-Type-Options: nosniff is missing.",
                        "Send X-Content-Type-Options: nosniff.")
                : weak(
                        "x-content-type-options-header-invalid",
                        "X-Content-Type-Options is not valid.",
                        "Send it once, as nosniff.");
    }

    private Finding frameOptions(ContentSecurityPolicy policy) {
        String value = value("X-Frame-Options");
        if (policy.namesFrameAncestors()) {
            return Finding.bonus(
                    HEADERS,
                    "x-frame-options-implemented-via-csp",
                    5,
                    "The Content-Security-Policy says who may frame the page.",
                    transcript);
        }
        if (value.equals("deny") || value.equals("sameorigin")) {
            return Finding.good(
                    HEADERS,
                    "x-frame-options-sameorigin-or-deny",
                    "Other sites may not frame the page.",
                    transcript);
        }
        String remedy = "Send Content-Security-Policy: frame-ancestors 'none', or 'self'.";
        return value.isEmpty()
                ? Finding.bad(
                        HEADERS,
                        "x-frame-options-not-implemented",
                        20,
                        "Any site may frame the page (clickjacking).",
                        transcript,
                        remedy)
                : Finding.bad(
                        HEADERS,
                        "x-frame-options-header-invalid",
                        20,
                        "X-Frame-Options is not valid, so that any site may frame the page.",
                        transcript,
                        remedy);
    }

    /** The last value that browsers know counts; a meta element comes after the field. */
    private Finding referrerPolicy() {
        List<String> policies =
                Stream.concat(
                                Arrays.stream(value("Referrer-Policy").split(",", -1)),
                                page.metaReferrerPolicies().stream())
                        .map(String::strip)
                        .filter(policy -> !policy.isEmpty())
                        .toList();
        if (policies.isEmpty()) {
            return note(
                    "referrer-policy-not-implemented",
                    "There is no Referrer-Policy; the default of browsers is a good one.");
        }
        String remedy = "Send Referrer-Policy: strict-origin-when-cross-origin.";
        for (String policy : policies.reversed()) {
            if (PRIVATE_REFERRER.contains(policy)) {
                return Finding.bonus(
                        HEADERS,
                        "referrer-policy-private",
                        5,
                        "Other sites do not see whole addresses.",
                        transcript);
            }
            if (OPEN_REFERRER.contains(policy)) {
                return weak(
                        "referrer-policy-unsafe",
                        "Referrer-Policy tells other sites where visitors come from.",
                        remedy);
            }
        }
        return weak("referrer-policy-header-invalid", "Referrer-Policy is not valid.", remedy);
    }

    private Finding resourcePolicy() {
        String value = value("Cross-Origin-Resource-Policy");
        return switch (value) {
            case "same-origin", "same-site" ->
                    Finding.bonus(
                            HEADERS,
                            "corp-implemented-with-" + value,
                            10,
                            "Other sites may not embed the page's resources.",
                            transcript);
            case "" -> note("corp-not-implemented", "There is no Cross-Origin-Resource-Policy.");
            case "cross-origin" ->
                    note("corp-implemented-with-cross-origin", "Any site may embed the page.");
            default ->
                    weak(
                            "corp-header-invalid",
                            "Cross-Origin-Resource-Policy is not valid.",
                            "Send it as same-origin, or leave it out.");
        };
    }

    /** Any origin is allowed, and browsers send the visitor's cookies along. */
    private List<Finding> crossOrigin() {
        boolean open =
                value("Access-Control-Allow-Credentials").equals("true")
                        && value("Access-Control-Allow-Origin").equals(Page.ORIGIN);
        return open
                ? List.of(
                        Finding.bad(
                                HEADERS,
                                "cross-origin-resource-sharing-implemented-with-universal-access",
                                50,
                                "Every site may read the page with its visitor's credentials.",
                                transcript,
                                "Name the origins that may."))
                : List.of();
    }

    private Finding note(String id, String title) {
        return Finding.note(HEADERS, id, title, transcript);
    }

    private Finding weak(String id, String title, String remedy) {
        return Finding.weak(HEADERS, id, 5, title, transcript, remedy);
    }
}
