package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.Arrays;
import java.util.List;

/**
 * Patterns of URLs: {@code *} stands for any characters within a path segment, {@code **} for any
 * across segments. A pattern that begins with a slash is compared with path and query, any other
 * with the whole URL, in its normal form without fragment. The time is linear in the URL.
 */
public final class Globs {

    private static final int MOST = 20;
    private static final int LONGEST = 200;

    /** No patterns. */
    public static final Globs NONE = new Globs(List.of());

    private final List<Glob> globs;

    private Globs(List<Glob> globs) {
        this.globs = globs;
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException with the reason, if there are too many or one is too long
     */
    public static Globs of(List<String> patterns) {
        if (patterns.size() > MOST) {
            throw new IllegalArgumentException("There are more than %d patterns.".formatted(MOST));
        }
        for (String pattern : patterns) {
            if (pattern.isEmpty() || pattern.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "A pattern has 1 to %d characters.".formatted(LONGEST));
            }
        }
        return new Globs(patterns.stream().map(Glob::new).toList());
    }

    public boolean isEmpty() {
        return globs.isEmpty();
    }

    /** Whether one of them matches. */
    public boolean match(HttpUrl url) {
        if (globs.isEmpty()) {
            return false;
        }
        String whole = url.withoutFragment().toString();
        String path = url.pathAndQuery();
        return globs.stream().anyMatch(glob -> glob.matches(glob.isPath() ? path : whole));
    }

    /** One pattern, as the states of a finite automaton: all that are possible at once. */
    private static final class Glob {

        /** Stand for the two wildcards; neither is in a URL. */
        private static final char SEGMENT = '\u0001';

        private static final char ANY = '\u0002';

        private final String steps;

        private Glob(String pattern) {
            this.steps = pattern.replaceAll("\\*{2,}", String.valueOf(ANY)).replace('*', SEGMENT);
        }

        private boolean isPath() {
            return steps.charAt(0) == '/';
        }

        private boolean matches(String text) {
            int end = steps.length();
            boolean[] now = new boolean[end + 1];
            now[0] = true;
            skipWildcards(now);
            boolean[] next = new boolean[end + 1];
            for (int i = 0; i < text.length(); i++) {
                if (!step(text.charAt(i), now, next)) {
                    return false;
                }
                skipWildcards(next);
                boolean[] spare = now;
                now = next;
                next = spare;
            }
            return now[end];
        }

        /** Whether any state is left. */
        private boolean step(char c, boolean[] now, boolean[] next) {
            boolean any = false;
            Arrays.fill(next, false);
            for (int state = 0; state < steps.length(); state++) {
                if (now[state]) {
                    char step = steps.charAt(state);
                    if (step == ANY || (step == SEGMENT && c != '/')) {
                        next[state] = true;
                        any = true;
                    } else if (step == c) {
                        next[state + 1] = true;
                        any = true;
                    }
                }
            }
            return any;
        }

        /** A wildcard may stand for nothing. */
        private void skipWildcards(boolean[] states) {
            for (int state = 0; state < steps.length(); state++) {
                if (states[state] && steps.charAt(state) <= ANY) {
                    states[state + 1] = true;
                }
            }
        }
    }
}
