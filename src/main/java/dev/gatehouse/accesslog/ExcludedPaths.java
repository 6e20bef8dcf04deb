package dev.gatehouse.accesslog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The paths whose requests are not logged unless they fail, which a reload replaces. */
class ExcludedPaths {

    private final AtomicReference<Paths> current;

    ExcludedPaths(List<String> paths) {
        this.current = new AtomicReference<>(Paths.of(paths));
    }

    void replace(List<String> paths) {
        current.set(Paths.of(paths));
    }

    boolean contains(@Nullable String path) {
        return path != null && current.getOpaque().contains(path);
    }

    private record Paths(Set<String> exact, List<String> above) {

        static Paths of(List<String> paths) {
            Set<String> exact = new HashSet<>(paths);
            exact.removeIf(path -> path.endsWith("/**"));
            return new Paths(
                    exact,
                    paths.stream()
                            .filter(path -> path.endsWith("/**"))
                            .map(path -> path.substring(0, path.length() - 3))
                            .toList());
        }

        boolean contains(String path) {
            if (exact.contains(path)) {
                return true;
            }
            for (int i = 0; i < above.size(); i++) { // an iterator would be garbage
                String folder = above.get(i);
                if (path.startsWith(folder)
                        && (path.length() == folder.length()
                                || path.charAt(folder.length()) == '/')) {
                    return true;
                }
            }
            return false;
        }
    }
}
