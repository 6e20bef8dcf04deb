package dev.gatehouse.gateway;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Patterns of paths as Spring MVC has them, matched on the decoded path. */
public final class PathPatterns {

    private static final List<PathContainer> ANY_PATHS =
            Stream.of("/", "/any", "/any/path").map(PathContainer::parsePath).toList();

    private final Pattern[] patterns;

    private PathPatterns(List<Pattern> patterns) {
        this.patterns = patterns.toArray(Pattern[]::new);
    }

    /** Parses a property that is a list of patterns; an invalid one stops the start. */
    public static PathPatterns parse(String property, List<String> values) {
        return new PathPatterns(
                IntStream.range(0, values.size())
                        .mapToObj(i -> parse(property + "[" + i + "]", values.get(i)))
                        .toList());
    }

    private static Pattern parse(String property, String value) {
        if (!value.startsWith("/")) {
            throw invalid(property, value, "does not begin with a slash");
        }
        if (value.indexOf('%') >= 0) {
            throw invalid(property, value, "is percent-encoded: paths are compared decoded");
        }
        try {
            PathPattern pattern = PathPatternParser.defaultInstance.parse(value);
            if (ANY_PATHS.stream().allMatch(pattern::matches)) {
                throw invalid(property, value, "matches every path");
            }
            return Pattern.of(value, pattern);
        } catch (PatternParseException ex) {
            throw invalid(property, value, "is not a pattern (" + ex.getMessage() + ")");
        }
    }

    private static InvalidPropertyException invalid(String property, String value, String problem) {
        return new InvalidPropertyException(
                property,
                value,
                problem,
                "Give a path such as /status, or a pattern such as /hooks/** or /v*/health.");
    }

    public boolean isEmpty() {
        return patterns.length == 0;
    }

    /** Whether one of them matches a path that is written in the normal way. */
    public boolean match(RequestPath path) {
        if (!path.isNormal()) {
            return false;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Stream.of(patterns)
                .map(pattern -> pattern.pattern.getPatternString())
                .collect(Collectors.joining(", "));
    }

    /** Parsing a path costs more than all other rules, so its two ends are compared first. */
    private record Pattern(String beginning, String end, PathPattern pattern) {

        static Pattern of(String text, PathPattern pattern) {
            int first = firstWildcard(text);
            if (first < 0) {
                return new Pattern(text, text, pattern);
            }
            int last = Math.max(text.lastIndexOf('*'), text.lastIndexOf('?'));
            String end = text.substring(Math.max(last, text.lastIndexOf('}')) + 1);
            boolean isOfMany = text.startsWith("**", first) || text.startsWith("{*", first);
            // "/a/**" matches "/a" too
            return new Pattern(text.substring(0, isOfMany ? first - 1 : first), end, pattern);
        }

        private static int firstWildcard(String text) {
            for (int i = 0; i < text.length(); i++) {
                if ("*?{".indexOf(text.charAt(i)) >= 0) {
                    return i;
                }
            }
            return -1;
        }

        boolean matches(RequestPath path) {
            String raw = path.raw();
            boolean mayMatch =
                    (raw.startsWith(beginning) && raw.endsWith(end)) || raw.indexOf('%') >= 0;
            return mayMatch && pattern.matches(path.parsed());
        }
    }
}
