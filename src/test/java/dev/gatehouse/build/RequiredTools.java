package dev.gatehouse.build;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Finds the command-line tools of a test: a missing one skips the test, but fails it in CI. */
final class RequiredTools {

    private RequiredTools() {}

    static Path path(String tool) {
        return find(tool).orElseGet(() -> giveUp(tool));
    }

    static boolean isOnPath(String tool) {
        return find(tool).isPresent();
    }

    private static Optional<Path> find(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path giveUp(String tool) {
        String message = tool + " is not on the PATH";
        if ("true".equals(System.getenv("CI"))) {
            return Assertions.fail(message);
        }
        return Assumptions.abort(message);
    }
}
