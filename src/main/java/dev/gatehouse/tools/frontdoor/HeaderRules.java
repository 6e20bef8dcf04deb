package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import dev.gatehouse.tools.outbound.Exchange.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The security headers of a page, by the names and points of MDN's Observatory. */
record HeaderRules(String host, Answered page) {

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        Evidence evidence = Evidence.of(page);
        ContentPolicy policy = new ContentPolicy(value("Content-Security-Policy"));
        boolean reportOnly = !value("Content-Security-Policy-Report-Only").isEmpty();
        findings.add(new ContentPolicyRules(policy, reportOnly, evidence).judge());
        findings.add(contentTypeOptions());
        findings.add(frameOptions(policy));
        findings.addAll(new SharingRules(page).judge());
        boolean hsts = !value("Strict-Transport-Security").isEmpty();
        List<String> cookies = page.answer().values("Set-Cookie");
        findings.add(new CookieRules(cookies, hsts, evidence).judge());
        findings.addAll(new ScriptRules(host, HtmlPage.of(page.answer()), evidence).judge());
        return findings;
    }

    private String value(String header) {
        return String.join(", ", page.answer().values(header)).toLowerCase(Locale.ROOT);
    }

    private Finding contentTypeOptions() {
        String value = value("X-Content-Type-Options");
        if (value.equals("nosniff")) {
            return good("x-content-type-options-nosniff", "Types are not guessed (nosniff).");
        }
        return value.isEmpty()
                ? weak(
                        "x-content-type-options-not-implemented",
                        5,
                        "X-Content-Type-Options: nosniff is missing.",
                        "Send X-Content-Type-Options: nosniff.")
                : weak(
                        "x-content-type-options-header-invalid",
                        5,
                        "X-Content-Type-Options is not understood.",
                        "Send it once, as nosniff.");
    }

    private Finding frameOptions(ContentPolicy policy) {
        String value = value("X-Frame-Options");
        if (policy.namesFrameAncestors()) {
            return bonus(
                    "x-frame-options-implemented-via-csp",
                    "Who may frame the page is said by its Content-Security-Policy.");
        }
        if (value.matches("deny|sameorigin")) {
            return good("x-frame-options-sameorigin-or-deny", "No stranger may frame the page.");
        }
        String remedy = "Send Content-Security-Policy: frame-ancestors 'none', or 'self'.";
        return value.isEmpty()
                ? bad(
                        "x-frame-options-not-implemented",
                        20,
                        "Anybody may frame the page (clickjacking).",
                        remedy)
                : bad(
                        "x-frame-options-header-invalid",
                        20,
                        "X-Frame-Options is not understood, so that anybody may frame the page.",
                        remedy);
    }

    private Finding good(String id, String title) {
        return Finding.good(HEADERS, id, title, Evidence.of(page));
    }

    private Finding bonus(String id, String title) {
        return Finding.bonus(HEADERS, id, 5, title, Evidence.of(page));
    }

    private Finding weak(String id, int points, String title, String remedy) {
        return Finding.weak(HEADERS, id, points, title, Evidence.of(page), remedy);
    }

    private Finding bad(String id, int points, String title, String remedy) {
        return Finding.bad(HEADERS, id, points, title, Evidence.of(page), remedy);
    }
}
