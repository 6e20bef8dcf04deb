package dev.gatehouse.tools.frontdoor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A page's Content-Security-Policy, taken apart; browsers keep the first of each directive. */
final class ContentPolicy {

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

    private final Map<String, List<String>> directives = new LinkedHashMap<>();

    /**
     * @param policy in lower case; empty where there is none
     */
    ContentPolicy(String policy) {
        for (String part : policy.split("[;,]", -1)) {
            List<String> words = Arrays.asList(part.strip().split("\\s+", -1));
            if (!words.getFirst().isEmpty()) {
                directives.putIfAbsent(words.getFirst(), words.subList(1, words.size()));
            }
        }
    }

    boolean isEmpty() {
        return directives.isEmpty();
    }

    boolean namesFrameAncestors() {
        return directives.containsKey("frame-ancestors");
    }

    boolean beginsWithNone() {
        return List.of("'none'").equals(directives.get("default-src"));
    }

    boolean letsAnyScriptRun() {
        return isBroadOrInline(trusted("script-src"))
                || sources("object-src").stream().anyMatch(BROAD::contains);
    }

    boolean letsAnyStyleApply() {
        return isBroadOrInline(trusted("style-src"));
    }

    boolean letsTextRun() {
        return Stream.of("script-src", "style-src")
                .anyMatch(name -> trusted(name).contains("'unsafe-eval'"));
    }

    /** Whether scripts and the like may come over plain HTTP. */
    boolean isInsecureWhereActive() {
        return isInsecure(
                Stream.concat(
                        directives.entrySet().stream()
                                .filter(d -> !PASSIVE.contains(d.getKey()))
                                .filter(d -> !d.getKey().equals("script-src"))
                                .flatMap(d -> d.getValue().stream()),
                        trusted("script-src").stream()));
    }

    /** Whether pictures and the like may. */
    boolean isInsecureWherePassive() {
        return isInsecure(PASSIVE.stream().flatMap(name -> sourcesOrNone(name).stream()));
    }

    /** The sources of a directive, or those of {@code default-src} in its place, or any. */
    private List<String> sources(String directive) {
        List<String> sources = sourcesOrNone(directive);
        return sources.isEmpty() ? List.of("*") : sources;
    }

    private List<String> sourcesOrNone(String directive) {
        return directives.getOrDefault(
                directive, directives.getOrDefault("default-src", List.of()));
    }

    /** Beside a nonce or a hash browsers pass over what is broader. */
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
