package dev.gatehouse.tools.screenshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's own Chromium. It refuses its sandbox to root, so that tests which run as root start
 * it as the user nobody.
 */
final class TestBrowser {

    private TestBrowser() {}

    /** Where Chromium is missing the tests are skipped, but fail in CI. */
    static Path installed() {
        Path found =
                BrowserCommand.find("/usr/bin:/usr/local/bin:" + System.getenv("PATH"))
                        .orElse(null);
        if (found == null && System.getenv("CI") != null) {
            throw new AssertionError("no Chromium on the path");
        }
        Assumptions.assumeTrue(found != null, "no Chromium on the path");
        return found;
    }

    static Path executable() {
        return asOrdinaryUser(installed(), "");
    }

    /** That one, or the test is skipped. */
    static Path executable(String name) {
        Path path = Path.of("/usr/lib/chromium", name);
        Assumptions.assumeTrue(Files.isExecutable(path), path + " is missing");
        return asOrdinaryUser(path, "");
    }

    /** A script that starts it as a user other than root, after that command. */
    static Path asOrdinaryUser(Path chromium, String before) {
        if (!"root".equals(System.getProperty("user.name"))) {
            Assumptions.assumeTrue(before.isEmpty(), "needs root");
            return chromium;
        }
        try {
            Path script =
                    Files.createTempFile(
                            "chromium-as-nobody",
                            ".sh",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwxr-xr-x")));
            script.toFile().deleteOnExit();
            Files.writeString(
                    script,
                    """
            #!/bin/sh
            for a; do
              shift
              case "$a" in --user-data-dir=*)
                HOME=${a#*=}/nobody TMPDIR=${a#*=}/nobody a=$a/nobody
                chmod 711 "${HOME%%/nobody}"; mkdir -p "$HOME"; chown 65534:65534 "$HOME"; cd "$HOME";;
              esac
              set -- "$@" "$a"
            done
            %s
            exec setpriv --reuid=65534 --regid=65534 --clear-groups --pdeathsig KILL -- %s "$@"
            """
                            .formatted(before, chromium));
            return script;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Where a browser that {@link #executable} starts has what is given as its profile. */
    static Path profile(Path given) {
        return "root".equals(System.getProperty("user.name")) ? given.resolve("nobody") : given;
    }

    static BrowserPool pool(ConnectionOpener connector) {
        return pool(executable(), connector, 1);
    }

    static BrowserPool pool(Path executable, ConnectionOpener connector, int browsers) {
        return new BrowserPool(
                new LocalBrowserLauncher(
                        new BrowserCommand(executable, true, 4L << 30), connector, 100 << 20),
                new BrowserPool.Limits(
                        browsers, 4, 100, 512L << 20, 1L << 30, Duration.ofMinutes(5)));
    }

    /** What came out, with the bytes of the image. */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares it
    record Shot(ShotOutcome outcome, byte[] image) {

        ShotOutcome.Taken taken() {
            if (outcome instanceof ShotOutcome.Taken taken) {
                return taken;
            }
            throw new AssertionError(outcome);
        }
    }

    static Shot shoot(BrowserPool pool, ShotOptions options) throws Exception {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        return pool.use(
                options.timeout().plusSeconds(60),
                Duration.ofSeconds(60),
                browser ->
                        new Shot(
                                new PageShot(browser, options, _ -> {}).take(() -> image),
                                image.toByteArray()));
    }
}
