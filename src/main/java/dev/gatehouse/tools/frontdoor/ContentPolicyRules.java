package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

/**
 * A page's Content-Security-Policy, graded as Observatory does.
 *
 * @param reportOnly whether there is one that only reports
 */
record ContentPolicyRules(ContentPolicy policy, boolean reportOnly, Evidence evidence) {

    Finding judge() {
        if (policy.isEmpty()) {
            return missing();
        }
        if (policy.letsAnyScriptRun()) {
            return bad(
                    "csp-implemented-with-unsafe-inline",
                    20,
                    "The Content-Security-Policy lets any script run.",
                    "Name the sources of scripts and objects, and take 'unsafe-inline' out.");
        }
        if (policy.isInsecureWhereActive()) {
            return bad(
                    "csp-implemented-with-insecure-scheme",
                    20,
                    "The Content-Security-Policy lets scripts and the like come over plain HTTP.",
                    "Name https: sources alone.");
        }
        if (policy.letsTextRun()) {
            return bad(
                    "csp-implemented-with-unsafe-eval",
                    10,
                    "The Content-Security-Policy lets text be run as a script.",
                    "Take 'unsafe-eval' out.");
        }
        if (policy.isInsecureWherePassive()) {
            return bad(
                    "csp-implemented-with-insecure-scheme-in-passive-content-only",
                    10,
                    "The Content-Security-Policy lets pictures come over plain HTTP.",
                    "Name https: sources alone.");
        }
        return policy.letsAnyStyleApply() ? unsafeStyles() : safe();
    }

    private Finding missing() {
        return reportOnly
                ? bad(
                        "csp-not-implemented-but-reporting-enabled",
                        25,
                        "The Content-Security-Policy only reports.",
                        "Send it as Content-Security-Policy once its reports are quiet.")
                : bad(
                        "csp-not-implemented",
                        25,
                        "There is no Content-Security-Policy.",
                        "Send one; begin with default-src 'self' in report-only mode.");
    }

    private Finding unsafeStyles() {
        return Finding.good(
                HEADERS,
                "csp-implemented-with-unsafe-inline-in-style-src-only",
                "The Content-Security-Policy keeps scripts in check, but not styles.",
                evidence);
    }

    private Finding safe() {
        boolean defaultNone = policy.beginsWithNone();
        return Finding.bonus(
                HEADERS,
                defaultNone
                        ? "csp-implemented-with-no-unsafe-default-src-none"
                        : "csp-implemented-with-no-unsafe",
                defaultNone ? 10 : 5,
                "The Content-Security-Policy lets nothing inline run.",
                evidence);
    }

    private Finding bad(String id, int points, String title, String remedy) {
        return Finding.bad(HEADERS, id, points, title, evidence, remedy);
    }
}
