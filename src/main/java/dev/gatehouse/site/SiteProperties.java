package dev.gatehouse.site;

import dev.gatehouse.startup.InvalidPropertyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The site that is served.
 *
 * @param root folder of the site's files: {@code classpath:/site/}, the built-in one, or a folder
 *     of yours such as {@code file:/srv/site/}
 */
@ConfigurationProperties("gatehouse.site")
record SiteProperties(@DefaultValue("classpath:/site/") String root) {

    private static final String FILE = "file:";
    private static final String CLASSPATH = "classpath:";

    SiteProperties {
        root = root.endsWith("/") ? root : root + "/";
        if (root.startsWith(FILE)) {
            requireReadableFolder(root);
        } else if (!root.startsWith(CLASSPATH)) {
            throw invalid(root, "is neither a file: nor a classpath: location");
        } else if (SiteProperties.class.getResource(root.substring(CLASSPATH.length())) == null) {
            throw invalid(root, "is not in the application");
        }
    }

    private static void requireReadableFolder(String root) {
        Path folder;
        try {
            folder = Path.of(root.substring(FILE.length()).replaceFirst("^/{2,}", "/"));
        } catch (InvalidPathException ex) {
            throw invalid(root, "is not a path (" + ex.getReason() + ")");
        }
        if (!Files.isDirectory(folder)) {
            throw invalid(root, "is not a folder: " + folder.toAbsolutePath());
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw invalid(root, "cannot be read by user '" + System.getProperty("user.name") + "'");
        }
    }

    private static InvalidPropertyException invalid(String root, String problem) {
        return new InvalidPropertyException(
                "gatehouse.site.root",
                root,
                problem,
                "Set it to a folder that exists and can be read, such as file:/srv/site/, or leave"
                        + " it out for the built-in site.");
    }
}
