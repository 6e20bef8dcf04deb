package dev.gatehouse.frontdoor;

import static dev.gatehouse.frontdoor.Area.HEADERS;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page's Content-Security-Policy, graded as Observatory does.
 *
 * @param policy in lower case; empty where there is none
 */
record ContentPolicy(String policy, Evidence evidence) {

    Finding judge() {
        if (policy.isEmpty()) {
            return bad(
                    "csp-not-implemented",
                    25,
                    "There is no Content-Security-Policy.",
                    "Send one; begin with default-src 'self' in report-only mode.");
        }
        List<String> scripts = sources("script-src");
        boolean hashed = scripts.stream().anyMatch(s -> s.matches("'(nonce-|sha(256|384|512)-).*"));
        if (scripts.isEmpty()
                || (scripts.contains("'unsafe-inline'") && !hashed)
                || scripts.stream().anyMatch(s -> s.matches("\\*|https?:|data:"))) {
            return bad(
                    "csp-implemented-with-unsafe-inline",
                    20,
                    "The Content-Security-Policy lets any script run.",
                    "Name the script's sources, and take 'unsafe-inline' out.");
        }
        if (scripts.contains("'unsafe-eval'")) {
            return bad(
                    "csp-implemented-with-unsafe-eval",
                    10,
                    "The Content-Security-Policy lets text be run as a script.",
                    "Take 'unsafe-eval' out.");
        }
        if (sources("style-src").contains("'unsafe-inline'")) {
            return Finding.good(
                    HEADERS,
                    "csp-implemented-with-unsafe-inline-in-style-src-only",
                    "The Content-Security-Policy keeps scripts in check, but not styles.",
                    evidence);
        }
        boolean defaultNone = sources("default-src").equals(List.of("'none'"));
        return Finding.bonus(
                HEADERS,
                defaultNone
                        ? "csp-implemented-with-no-unsafe-default-src-none"
                        : "csp-implemented-with-no-unsafe",
                defaultNone ? 10 : 5,
                "The Content-Security-Policy lets nothing inline run.",
                evidence);
    }

    /** The sources of a directive, or those of {@code default-src} in its place. */
    private List<String> sources(String directive) {
        Map<String, List<String>> directives = new LinkedHashMap<>();
        for (String part : policy.split("[;,]", -1)) {
            List<String> words = Arrays.asList(part.strip().split("\\s+", -1));
            directives.putIfAbsent(words.getFirst(), words.subList(1, words.size()));
        }
        return directives.getOrDefault(
                directive, directives.getOrDefault("default-src", List.of()));
    }

    private Finding bad(String id, int points, String title, String remedy) {
        return Finding.bad(HEADERS, id, points, title, evidence, remedy);
    }
}
