package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a site's files are. */
interface SiteSource {

    /** All files that may be served, in any order. */
    List<Found> list() throws IOException;

    /**
     * Whether a part of the path begins with a dot: Kubernetes' {@code ..data}, {@code .git} and
     * the like are no pages; {@code .well-known} (RFC 8615) is one.
     */
    static boolean isHidden(String name) {
        return ("/" + name).replace("/.well-known/", "/").contains("/.");
    }

    /**
     * A file that was found.
     *
     * @param name its path below the root, with slashes and without one in front
     * @param path where it is on disk, or null where it is not
     */
    record Found(String name, FileStamp stamp, @Nullable Path path, Bytes bytes) {

        byte[] read() throws IOException {
            return bytes.read();
        }
    }

    /** A file's content, read when asked for. */
    @FunctionalInterface
    interface Bytes {
        byte[] read() throws IOException;
    }
}
