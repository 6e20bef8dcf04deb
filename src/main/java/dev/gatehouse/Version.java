package dev.gatehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the build, and of the Java that runs it. */
final class Version {

    private static final String BUILD = "/META-INF/build-info.properties";

    private Version() {}

    static String text() {
        return "Gatehouse %s (Java %s)".formatted(build(), Runtime.version());
    }

    private static String build() {
        Properties properties = new Properties();
        try (InputStream build = Version.class.getResourceAsStream(BUILD)) {
            if (build != null) {
                properties.load(build);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return properties.getProperty("build.version", "without a version");
    }
}
