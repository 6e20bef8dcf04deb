package dev.gatehouse.redirect;

import dev.gatehouse.startup.InvalidPropertyException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Patterns of paths as Spring MVC has them, matched on the decoded path. */
final class PathPatterns {

    private static final List<PathContainer> ANY_PATHS =
            Stream.of("/", "/any", "/any/path").map(PathContainer::parsePath).toList();

    private final Pattern[] patterns;

    private PathPatterns(List<Pattern> patterns) {
        this.patterns = patterns.toArray(Pattern[]::new);
    }

    /** The patterns of a property that is a list, or the start is stopped. */
    static PathPatterns parse(String property, List<String> values) {
        return new PathPatterns(
                IntStream.range(0, values.size())
                        .mapToObj(i -> parse(property + "[" + i + "]", values.get(i)))
                        .toList());
    }

    private static Pattern parse(String property, String value) {
        if (!value.startsWith("/")) {
            throw invalid(property, value, "does not begin with a slash");
        }
        try {
            PathPattern pattern = PathPatternParser.defaultInstance.parse(value);
            if (ANY_PATHS.stream().allMatch(pattern::matches)) {
                throw invalid(property, value, "matches every path");
            }
            return new Pattern(literalPrefix(value), pattern);
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

    /** Up to the first wildcard, or the whole segment that may be missing before one. */
    private static String literalPrefix(String value) {
        for (int i = 0; i < value.length(); i++) {
            if ("*?{\\".indexOf(value.charAt(i)) >= 0) {
                return value.substring(0, Math.max(0, value.lastIndexOf('/', i)));
            }
        }
        return value;
    }

    boolean isEmpty() {
        return patterns.length == 0;
    }

    /** Whether one of them matches the path of a request, which must be a normal path. */
    boolean match(ExaminedRequest request) {
        for (Pattern pattern : patterns) {
            if (pattern.matches(request)) {
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

    /** Parsing a path costs more than all other rules, so its beginning is compared first. */
    private record Pattern(String literalPrefix, PathPattern pattern) {

        boolean matches(ExaminedRequest request) {
            String path = request.facts().path();
            return (path.startsWith(literalPrefix) || path.indexOf('%') >= 0)
                    && pattern.matches(request.parsedPath());
        }
    }
}
