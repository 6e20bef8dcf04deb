package dev.gatehouse.site;

import dev.gatehouse.config.InvalidPropertyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The site that is served.
 *
 * @param root folder of the site's files: {@code classpath:/site/}, the built-in one, or a folder
 *     of yours such as {@code file:/srv/site/}
 * @param maxFileInMemory size up to which a file is kept in memory; a larger one is read from disk
 *     for each request
 * @param maxInMemory size up to which all files together are kept in memory; by default 64MB, or a
 *     seventh of the heap where that is less
 * @param watchInterval time between two looks for changed files in a folder of yours; what changed
 *     is served once two looks have found it the same
 * @param contentSecurityPolicy the Content-Security-Policy of every page; by default a strict one
 *     for the built-in site and none for a folder of yours, which it might break
 */
@ConfigurationProperties("gatehouse.site")
record SiteProperties(
        @DefaultValue("classpath:/site/") String root,
        @DefaultValue("1MB") DataSize maxFileInMemory,
        @Nullable DataSize maxInMemory,
        @DefaultValue("500ms") Duration watchInterval,
        @Nullable String contentSecurityPolicy) {

    private static final String FILE = "file:";
    private static final String CLASSPATH = "classpath:";

    private static final DataSize ENOUGH = DataSize.ofMegabytes(64);

    /** While a changed site is read, the former one is served: room for both, and for the rest. */
    private static final int PART_OF_HEAP = 7;

    private static final int LARGEST_PART_OF_HEAP = 5;

    SiteProperties {
        root = root.endsWith("/") ? root : root + "/";
        if (root.startsWith(FILE)) {
            requireReadableFolder(root);
        } else if (!root.startsWith(CLASSPATH)) {
            throw invalid(root, "is neither a file: nor a classpath: location");
        } else if (SiteProperties.class.getResource(root.substring(CLASSPATH.length())) == null) {
            throw invalid(root, "is not in the application");
        }
        requirePositive(watchInterval);
        requireRoom(maxInMemory, Runtime.getRuntime().maxMemory());
    }

    /** How much of the site is kept in memory at most. */
    long bytesInMemory() {
        return maxInMemory == null
                ? bytesInMemory(Runtime.getRuntime().maxMemory())
                : maxInMemory.toBytes();
    }

    /** As much as that by default, in a heap of that many bytes. */
    static long bytesInMemory(long heap) {
        return Math.min(ENOUGH.toBytes(), heap / PART_OF_HEAP);
    }

    /** The folder on disk, or null for a site in the application. */
    @Nullable Path folder() {
        return root.startsWith(FILE) ? folder(root) : null;
    }

    private static Path folder(String root) {
        return FileNames.path(root.substring(FILE.length()).replaceFirst("^/{2,}", "/"));
    }

    private static void requireReadableFolder(String root) {
        Path folder;
        try {
            folder = folder(root);
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

    InvalidPropertyException invalidRoot(String problem) {
        return invalid(root, problem);
    }

    private static InvalidPropertyException invalid(String root, String problem) {
        return new InvalidPropertyException(
                "gatehouse.site.root",
                root,
                problem,
                "Set it to a folder with files that can be read, such as file:/srv/site/, or leave"
                        + " it out for the built-in site.");
    }

    private static void requireRoom(@Nullable DataSize wanted, long heap) {
        if (wanted != null && wanted.toBytes() > heap / LARGEST_PART_OF_HEAP) {
            throw new InvalidPropertyException(
                    "gatehouse.site.max-in-memory",
                    wanted,
                    "is more than a fifth of the heap, which is "
                            + DataSize.ofBytes(heap).toMegabytes()
                            + "MB",
                    "Set it to less, leave it out, or give the process more memory: what is not"
                            + " kept is read from disk.");
        }
    }

    private static void requirePositive(Duration interval) {
        if (interval.toMillis() <= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.site.watch-interval",
                    interval,
                    "is not a positive duration",
                    "Set it to a duration such as 500ms.");
        }
    }
}
