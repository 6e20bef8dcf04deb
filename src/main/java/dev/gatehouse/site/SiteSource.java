package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a site's files are. */
interface SiteSource {

    /** All files, in no order that means anything. */
    List<Found> list() throws IOException;

    /**
     * A file that was found.
     *
     * @param name its path below the root, with slashes and without one in front
     * @param length in bytes
     * @param lastModified in milliseconds
     * @param path where it is on disk, or null where it is not
     */
    record Found(String name, long length, long lastModified, @Nullable Path path, Bytes bytes) {

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
