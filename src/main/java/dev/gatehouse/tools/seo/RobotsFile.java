package dev.gatehouse.tools.seo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A robots.txt with the lines of its rules (RFC 9309): the longest matching rule of a crawler's own
 * groups decides, else of those for all; where two are equally long, the one that allows.
 */
final class RobotsFile {

    /** Forbids nothing. */
    static final RobotsFile EMPTY = new RobotsFile(List.of(), Map.of());

    /** Google reads no more. */
    private static final int LARGEST = 500 * 1024;

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    /**
     * A line without its comment.
     *
     * @param number from 1
     * @param text as it stands in the file
     * @param field in lower case, or empty where there is no colon
     */
    record Line(int number, String text, String field, String value) {}

    /** A path pattern of a group. */
    record PathRule(int line, String text, String pattern, boolean allows) {}

    private final List<Line> lines;
    private final Map<String, List<PathRule>> rules;

    private RobotsFile(List<Line> lines, Map<String, List<PathRule>> rules) {
        this.lines = lines;
        this.rules = rules;
    }

    static RobotsFile parse(String content) {
        String text = content.startsWith("\ufeff") ? content.substring(1) : content;
        List<Line> lines = lines(text.substring(0, Math.min(text.length(), LARGEST)));
        Map<String, List<PathRule>> rules = new HashMap<>();
        Set<String> agents = new HashSet<>();
        boolean inRules = false;
        for (Line line : lines) {
            switch (line.field()) {
                case "user-agent" -> {
                    if (inRules) {
                        agents.clear();
                        inRules = false;
                    }
                    if (!line.value().isEmpty()) {
                        agents.add(token(line.value()));
                        rules.computeIfAbsent(token(line.value()), agent -> new ArrayList<>());
                    }
                }
                case "allow", "disallow" -> {
                    inRules = true;
                    if (!line.value().isEmpty()) {
                        PathRule rule =
                                new PathRule(
                                        line.number(),
                                        line.text(),
                                        normalized(line.value()),
                                        line.field().equals("allow"));
                        agents.forEach(
                                agent ->
                                        rules.computeIfAbsent(agent, key -> new ArrayList<>())
                                                .add(rule));
                    }
                }
                default -> {
                    // belongs to no group
                }
            }
        }
        return new RobotsFile(lines, rules);
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        String[] all = LINE_END.split(text, -1);
        for (int i = 0; i < all.length; i++) {
            int hash = all[i].indexOf('#');
            String kept = (hash < 0 ? all[i] : all[i].substring(0, hash)).strip();
            int colon = kept.indexOf(':');
            if (!kept.isEmpty()) {
                lines.add(
                        new Line(
                                i + 1,
                                all[i],
                                colon < 0
                                        ? ""
                                        : kept.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                                colon < 0 ? kept : kept.substring(colon + 1).strip()));
            }
        }
        return List.copyOf(lines);
    }

    /** A crawler's name without its version. */
    private static String token(String agent) {
        int slash = agent.indexOf('/');
        return (slash < 0 ? agent : agent.substring(0, slash)).strip().toLowerCase(Locale.ROOT);
    }

    /** The lines that are neither blank nor a comment. */
    List<Line> lines() {
        return lines;
    }

    boolean names(String agent) {
        return rules.containsKey(token(agent));
    }

    /** The rule that keeps that crawler ({@code *} for any other) from that path. */
    Optional<PathRule> blocking(String agent, String pathAndQuery) {
        List<PathRule> own = rules.getOrDefault(token(agent), rules.getOrDefault("*", List.of()));
        String path = withUpperCaseEscapes(pathAndQuery);
        PathRule decisive = null;
        for (PathRule rule : own) {
            boolean stronger =
                    decisive == null
                            || rule.pattern().length() > decisive.pattern().length()
                            || (rule.pattern().length() == decisive.pattern().length()
                                    && rule.allows());
            if (stronger && matches(rule.pattern(), path)) {
                decisive = rule;
            }
        }
        return Optional.ofNullable(decisive).filter(rule -> !rule.allows());
    }

    /** The lines that name a sitemap. */
    List<Line> sitemaps() {
        return lines.stream().filter(line -> line.field().equals("sitemap")).toList();
    }

    /**
     * Whether a pattern with {@code *} and a last {@code $} matches the beginning of a path. After
     * a mismatch it goes on behind the last star, so that it takes at most length times length
     * steps.
     */
    private static boolean matches(String pattern, String path) {
        boolean whole = pattern.endsWith("$");
        String wanted = whole ? pattern.substring(0, pattern.length() - 1) : pattern + "*";
        int star = -1;
        int resume = 0;
        int p = 0;
        int i = 0;
        while (i < path.length()) {
            if (p < wanted.length() && wanted.charAt(p) == '*') {
                star = p++;
                resume = i;
                if (p == wanted.length()) {
                    return true;
                }
            } else if (p < wanted.length() && wanted.charAt(p) == path.charAt(i)) {
                p++;
                i++;
            } else if (star >= 0) {
                p = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (p < wanted.length() && wanted.charAt(p) == '*') {
            p++;
        }
        return p == wanted.length();
    }

    private static String normalized(String pattern) {
        StringBuilder encoded = new StringBuilder(pattern.length());
        for (byte b : pattern.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ') {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            } else {
                encoded.append((char) b);
            }
        }
        return withUpperCaseEscapes(encoded.toString());
    }

    private static String withUpperCaseEscapes(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder text = new StringBuilder(path);
        for (int i = 0; i + 2 < text.length(); i++) {
            if (text.charAt(i) == '%') {
                text.setCharAt(i + 1, Character.toUpperCase(text.charAt(i + 1)));
                text.setCharAt(i + 2, Character.toUpperCase(text.charAt(i + 2)));
                i += 2;
            }
        }
        return text.toString();
    }
}
