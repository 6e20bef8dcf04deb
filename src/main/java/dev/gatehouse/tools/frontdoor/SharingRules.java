package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import dev.gatehouse.tools.outbound.Exchange.Answered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a page lets other sites know and have of it, by Observatory's names and points. */
record SharingRules(Answered page) {

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

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        findings.add(referrerPolicy());
        findings.add(resourcePolicy());
        crossOrigin(findings);
        return findings;
    }

    private String value(String header) {
        return String.join(", ", page.answer().values(header)).toLowerCase(Locale.ROOT);
    }

    /** The last value that browsers know is the one that counts. */
    private Finding referrerPolicy() {
        String value = value("Referrer-Policy");
        if (value.isEmpty()) {
            return note(
                    "referrer-policy-not-implemented",
                    "There is no Referrer-Policy; browsers' default is a fair one.");
        }
        String remedy = "Send Referrer-Policy: strict-origin-when-cross-origin.";
        for (String policy : Arrays.asList(value.split(",", -1)).reversed()) {
            if (PRIVATE_REFERRER.contains(policy.strip())) {
                return bonus("referrer-policy-private", "Other sites do not see whole addresses.");
            }
            if (OPEN_REFERRER.contains(policy.strip())) {
                return weak(
                        "referrer-policy-unsafe",
                        5,
                        "Referrer-Policy tells other sites where visitors come from.",
                        remedy);
            }
        }
        return weak(
                "referrer-policy-header-invalid", 5, "Referrer-Policy is not understood.", remedy);
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
                            Evidence.of(page));
            case "" -> note("corp-not-implemented", "There is no Cross-Origin-Resource-Policy.");
            case "cross-origin" ->
                    note("corp-implemented-with-cross-origin", "Any site may embed the page.");
            default ->
                    weak(
                            "corp-header-invalid",
                            5,
                            "Cross-Origin-Resource-Policy is not understood.",
                            "Send it as same-origin, or leave it out.");
        };
    }

    /** Whoever asks is named back, and browsers send the visitor's cookies along. */
    private void crossOrigin(List<Finding> findings) {
        if (value("Access-Control-Allow-Credentials").equals("true")
                && value("Access-Control-Allow-Origin").equals(Facts.Page.ORIGIN)) {
            findings.add(
                    bad(
                            "cross-origin-resource-sharing-implemented-with-universal-access",
                            50,
                            "Every site may read the page with its visitor's credentials.",
                            "Name the origins that may."));
        }
    }

    private Finding note(String id, String title) {
        return Finding.note(HEADERS, id, title, Evidence.of(page));
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
