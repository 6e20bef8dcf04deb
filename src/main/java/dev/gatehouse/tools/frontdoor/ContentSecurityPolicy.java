package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import dev.gatehouse.tools.outbound.RawResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A page's Content-Security-Policy, graded as Observatory does. A page may have several policies,
 * in fields and meta elements: what one of them forbids is forbidden (CSP3, 8.1).
 */
record ContentSecurityPolicy(List<Policy> policies, boolean reportOnly) {

    private static final Set<String> BROAD =
            Set.of(
                    "*",
                    "ftp:",
                    "http:",
                    "https:",
                    "http://*",
                    "http://*.*",
                    "https://*",
                    "https://*.*");
    private static final Set<String> INLINE = Set.of("'unsafe-inline'", "data:");
    private static final List<String> PASSIVE = List.of("img-src", "media-src");

    /** What a meta element may not contain (CSP3, 3.3). */
    private static final List<String> NOT_IN_META =
            List.of("frame-ancestors", "report-uri", "sandbox");

    static ContentSecurityPolicy of(RawResponse response, HtmlPage page) {
        List<Policy> policies = new ArrayList<>();
        for (String field : response.values("Content-Security-Policy")) {
            for (String text : field.split(",", -1)) {
                policies.add(Policy.parse(text, List.of()));
            }
        }
        for (String text : page.metaPolicies()) {
            policies.add(Policy.parse(text, NOT_IN_META));
        }
        policies.removeIf(policy -> policy.directives().isEmpty());
        return new ContentSecurityPolicy(
                policies, response.header("Content-Security-Policy-Report-Only").isPresent());
    }

    /** One policy; browsers keep the first of each directive. */
    record Policy(Map<String, List<String>> directives) {

        private static Policy parse(String text, List<String> without) {
            Map<String, List<String>> directives = new LinkedHashMap<>();
            for (String part : text.toLowerCase(Locale.ROOT).split(";", -1)) {
                List<String> words = Arrays.asList(part.strip().split("\\s+", -1));
                String name = words.getFirst();
                if (!name.isEmpty() && !without.contains(name)) {
                    directives.putIfAbsent(name, words.subList(1, words.size()));
                }
            }
            return new Policy(directives);
        }

        private boolean allowsAnyScript() {
            return isBroadOrInline(trusted("script-src"))
                    || sources("object-src").stream().anyMatch(BROAD::contains);
        }

        private boolean allowsAnyStyle() {
            return isBroadOrInline(trusted("style-src"));
        }

        private boolean allowsEval() {
            return Stream.of("script-src", "style-src")
                    .anyMatch(name -> trusted(name).contains("'unsafe-eval'"));
        }

        private boolean allowsInsecureActiveContent() {
            return isInsecure(
                    Stream.concat(
                            directives.entrySet().stream()
                                    .filter(d -> !PASSIVE.contains(d.getKey()))
                                    .filter(d -> !d.getKey().equals("script-src"))
                                    .flatMap(d -> d.getValue().stream()),
                            trusted("script-src").stream()));
        }

        private boolean allowsInsecurePassiveContent() {
            return isInsecure(PASSIVE.stream().flatMap(name -> sourcesOrNone(name).stream()));
        }

        /** The sources of a directive, or those of {@code default-src}, or any. */
        private List<String> sources(String directive) {
            List<String> sources = sourcesOrNone(directive);
            return sources.isEmpty() ? List.of("*") : sources;
        }

        private List<String> sourcesOrNone(String directive) {
            return directives.getOrDefault(
                    directive, directives.getOrDefault("default-src", List.of()));
        }

        /**
         * The sources that browsers honour: with a nonce or a hash not 'unsafe-inline' (CSP3,
         * 6.7.3).
         */
        private List<String> trusted(String directive) {
            List<String> left = new ArrayList<>(sources(directive));
            if (left.stream().anyMatch(s -> s.matches("'(nonce-|sha(256|384|512)-).*"))) {
                left.remove("'unsafe-inline'");
                if (left.contains("'strict-dynamic'")) {
                    left.removeIf(s -> BROAD.stream().anyMatch(s::startsWith));
                }
            }
            return left;
        }

        private static boolean isBroadOrInline(List<String> sources) {
            return sources.stream().anyMatch(s -> BROAD.contains(s) || INLINE.contains(s));
        }

        private static boolean isInsecure(Stream<String> sources) {
            return sources.anyMatch(s -> s.startsWith("http:") || s.startsWith("ftp:"));
        }
    }

    boolean namesFrameAncestors() {
        return policies.stream().anyMatch(p -> p.directives().containsKey("frame-ancestors"));
    }

    private boolean allAllow(Predicate<Policy> danger) {
        return policies.stream().allMatch(danger);
    }

    Finding judge(Transcript transcript) {
        if (policies.isEmpty()) {
            return missing(transcript);
        }
        if (allAllow(Policy::allowsAnyScript)) {
            return bad(
                    "csp-implemented-with-unsafe-inline",
                    20,
                    "The Content-Security-Policy allows any script.",
                    transcript,
                    "Name the sources of scripts and objects, and remove 'unsafe-inline'.");
        }
        if (allAllow(Policy::allowsInsecureActiveContent)) {
            return bad(
                    "csp-implemented-with-insecure-scheme",
                    20,
                    "The Content-Security-Policy allows scripts and the like over plain HTTP.",
                    transcript,
                    "Name only https: sources.");
        }
        if (allAllow(Policy::allowsEval)) {
            return bad(
                    "csp-implemented-with-unsafe-eval",
                    10,
                    "The Content-Security-Policy allows text to be run as a script.",
                    transcript,
                    "Remove 'unsafe-eval'.");
        }
        if (allAllow(Policy::allowsInsecurePassiveContent)) {
            return bad(
                    "csp-implemented-with-insecure-scheme-in-passive-content-only",
                    10,
                    "The Content-Security-Policy allows images over plain HTTP.",
                    transcript,
                    "Name only https: sources.");
        }
        return allAllow(Policy::allowsAnyStyle)
                ? Finding.good(
                        HEADERS,
                        "csp-implemented-with-unsafe-inline-in-style-src-only",
                        "The Content-Security-Policy restricts scripts, but not styles.",
                        transcript)
                : safe(transcript);
    }

    private Finding safe(Transcript transcript) {
        boolean defaultNone =
                policies.stream()
                        .anyMatch(p -> List.of("'none'").equals(p.directives().get("default-src")));
        return Finding.bonus(
                HEADERS,
                defaultNone
                        ? "csp-implemented-with-no-unsafe-default-src-none"
                        : "csp-implemented-with-no-unsafe",
                defaultNone ? 10 : 5,
                "The Content-Security-Policy allows nothing inline.",
                transcript);
    }

    private Finding missing(Transcript transcript) {
        return reportOnly
                ? bad(
                        "csp-not-implemented-but-reporting-enabled",
                        25,
                        "The Content-Security-Policy only reports.",
                        transcript,
                        "Send it as Content-Security-Policy once it reports nothing more.")
                : bad(
                        "csp-not-implemented",
                        25,
                        "There is no Content-Security-Policy.",
                        transcript,
                        "Send one; begin with default-src 'self' in report-only mode.");
    }

    private static Finding bad(
            String id, int points, String title, Transcript transcript, String remedy) {
        return Finding.bad(HEADERS, id, points, title, transcript, remedy);
    }
}
