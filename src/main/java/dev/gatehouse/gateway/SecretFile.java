package dev.gatehouse.gateway;

import dev.gatehouse.config.InvalidPropertyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds one secret, as Kubernetes mounts it; a line's end after it is no part of it.
 */
class SecretFile {

    private static final int SHORTEST_SECRET = 16;
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");

    private final String property;
    private final Path path;
    private @Nullable String lastProblem;

    /**
     * @param property the full name of the property that names the file
     */
    SecretFile(String property, Path path) {
        this.property = property;
        this.path = path;
    }

    /** What a look at the file gave. */
    sealed interface Content {}

    record Secret(String value) implements Content {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Secret[******]";
        }
    }

    /**
     * @param isNews whether the last look did not find the same
     */
    record Unusable(String problem, boolean isNews) implements Content {}

    Path path() {
        return path;
    }

    /** Whether that may be a secret: long enough, and fit to stand in a header. */
    static boolean isSecret(String text) {
        return text.length() >= SHORTEST_SECRET && VISIBLE_ASCII.matcher(text).matches();
    }

    String readAtStart() {
        return switch (read()) {
            case Secret(String value) -> value;
            case Unusable(String problem, _) ->
                    throw new InvalidPropertyException(
                            property,
                            path,
                            problem,
                            "Mount a file that holds the secret and nothing else, and that user '"
                                    + System.getProperty("user.name")
                                    + "' may read.");
        };
    }

    Content read() {
        String problem;
        try {
            String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
            if (isSecret(text)) {
                lastProblem = null;
                return new Secret(text);
            }
            problem =
                    "holds a secret that is blank, shorter than 16 characters, or not visible"
                            + " ASCII";
        } catch (IOException ex) {
            problem = "cannot be read (" + ex.getClass().getSimpleName() + ")";
        }
        boolean isNews = !problem.equals(lastProblem);
        lastProblem = problem;
        return new Unusable(problem, isNews);
    }
}
