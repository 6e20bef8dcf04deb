package dev.gatehouse.frontdoor;

import static dev.gatehouse.frontdoor.Area.HEADERS;

import dev.gatehouse.fetch.Exchange.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The security headers of a page, by the names and points of MDN's Observatory. */
record HeaderRules(Answered page) {

    private static final Pattern FOREIGN_SCRIPT =
            Pattern.compile(
                    "(?is)<script\\b(?![^>]*\\bintegrity=)[^>]*\\bsrc=[\"']?(?:https?:)?//");
    private static final Pattern PRIVATE_REFERRER =
            Pattern.compile(
                    "no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin");

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        String policy = value("Content-Security-Policy");
        findings.add(new ContentPolicy(policy, Evidence.of(page)).judge());
        findings.add(contentTypeOptions());
        findings.add(frameOptions(policy));
        findings.add(referrerPolicy());
        findings.add(resourcePolicy());
        crossOrigin(findings);
        cookies(findings);
        subresourceIntegrity(findings);
        return findings;
    }

    private String value(String header) {
        return String.join(", ", page.answer().values(header)).toLowerCase(Locale.ROOT);
    }

    private Finding contentTypeOptions() {
        return value("X-Content-Type-Options").equals("nosniff")
                ? good("x-content-type-options-nosniff", "Types are not guessed (nosniff).")
                : weak(
                        "x-content-type-options-not-implemented",
                        5,
                        "X-Content-Type-Options: nosniff is missing.",
                        "Send X-Content-Type-Options: nosniff.");
    }

    private Finding frameOptions(String policy) {
        if (policy.contains("frame-ancestors")) {
            return bonus(
                    "x-frame-options-implemented-via-csp",
                    "Who may frame the page is said by its Content-Security-Policy.");
        }
        return value("X-Frame-Options").matches("deny|sameorigin")
                ? good("x-frame-options-sameorigin-or-deny", "No stranger may frame the page.")
                : bad(
                        "x-frame-options-not-implemented",
                        20,
                        "Anybody may frame the page (clickjacking).",
                        "Send Content-Security-Policy: frame-ancestors 'none', or 'self'.");
    }

    private Finding referrerPolicy() {
        String value = value("Referrer-Policy");
        if (value.isEmpty()) {
            return Finding.note(
                    HEADERS,
                    "referrer-policy-not-implemented",
                    "There is no Referrer-Policy; browsers' default is a fair one.",
                    Evidence.of(page));
        }
        String last = value.substring(value.lastIndexOf(',') + 1).strip();
        return PRIVATE_REFERRER.matcher(last).matches()
                ? bonus("referrer-policy-private", "Addresses of pages are kept from other sites.")
                : weak(
                        "referrer-policy-unsafe",
                        5,
                        "Referrer-Policy gives whole addresses of pages to other sites.",
                        "Send Referrer-Policy: strict-origin-when-cross-origin.");
    }

    private Finding resourcePolicy() {
        String value = value("Cross-Origin-Resource-Policy");
        return value.matches("same-origin|same-site")
                ? Finding.bonus(
                        HEADERS,
                        "corp-implemented-with-" + value,
                        10,
                        "Other sites may not embed the page's resources.",
                        Evidence.of(page))
                : Finding.note(
                        HEADERS,
                        "corp-not-implemented",
                        "There is no Cross-Origin-Resource-Policy.",
                        Evidence.of(page));
    }

    private void crossOrigin(List<Finding> findings) {
        if (value("Access-Control-Allow-Credentials").equals("true")
                && value("Access-Control-Allow-Origin").equals("*")) {
            findings.add(
                    bad(
                            "cross-origin-resource-sharing-implemented-with-universal-access",
                            50,
                            "Every site may read the page with its visitor's credentials.",
                            "Name the origins that may."));
        }
    }

    private void cookies(List<Finding> findings) {
        List<String> cookies = page.answer().values("Set-Cookie");
        if (cookies.stream().anyMatch(cookie -> !hasAttribute(cookie, "secure"))) {
            findings.add(
                    bad(
                            "cookies-without-secure-flag",
                            20,
                            "A cookie is set without Secure.",
                            "Set Secure, HttpOnly and SameSite for every cookie."));
        }
    }

    private static boolean hasAttribute(String cookie, String attribute) {
        return cookie.toLowerCase(Locale.ROOT).matches(".*;\\s*" + attribute + "\\s*(;.*)?");
    }

    private void subresourceIntegrity(List<Finding> findings) {
        if (FOREIGN_SCRIPT.matcher(page.answer().body()).find()) {
            findings.add(
                    weak(
                            "sri-not-implemented-but-external-scripts-loaded-securely",
                            5,
                            "Scripts of other hosts are loaded without an integrity hash.",
                            "Add integrity and crossorigin to those script tags."));
        }
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
