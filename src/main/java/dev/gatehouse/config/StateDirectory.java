package dev.gatehouse.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The folder below which features keep what must outlive the process, each in a subfolder that it
 * creates itself.
 *
 * @param path absolute; it need not exist
 * @param origin the property or variable that it comes from, for messages
 */
public record StateDirectory(Path path, String origin) {

    /** The property that overrides every default. */
    public static final String PROPERTY = "gatehouse.state-directory";

    private static final Path SYSTEM = Path.of("/var/lib/gatehouse");

    static StateDirectory of(@Nullable Path configured, Map<String, String> environment) {
        return of(
                configured,
                environment,
                Path.of(System.getProperty("user.home")),
                folder -> Files.isDirectory(folder) && Files.isWritable(folder));
    }

    static StateDirectory of(
            @Nullable Path configured,
            Map<String, String> environment,
            Path home,
            Predicate<Path> isWritableFolder) {
        if (configured != null) {
            return new StateDirectory(configured.toAbsolutePath(), PROPERTY);
        }
        // systemd: a list of absolute paths, separated by colons
        String systemd = environment.getOrDefault("STATE_DIRECTORY", "").split(":", 2)[0];
        if (!systemd.isEmpty()) {
            return new StateDirectory(Path.of(systemd).toAbsolutePath(), "$STATE_DIRECTORY");
        }
        if (isWritableFolder.test(SYSTEM)) {
            return new StateDirectory(SYSTEM, SYSTEM.toString());
        }
        // XDG Base Directory Specification: a relative path is invalid and ignored
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        return xdg.startsWith("/")
                ? new StateDirectory(Path.of(xdg, "gatehouse"), "$XDG_STATE_HOME")
                : new StateDirectory(
                        home.resolve(".local/state/gatehouse").toAbsolutePath(),
                        "the user's home directory");
    }
}
