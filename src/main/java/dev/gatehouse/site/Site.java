package dev.gatehouse.site;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * All of a site at one moment. A path is looked up and never resolved, so no path leads out of it.
 *
 * @param entries by decoded path, a folder's under its name with and without the slash
 * @param files the same files by path, with what tells whether they have changed
 */
record Site(Map<String, SiteEntry> entries, Map<String, ReadFile> files) {

    static final Site EMPTY = new Site(Map.of(), Map.of());

    Site {
        entries = Map.copyOf(entries);
        files = Map.copyOf(files);
    }

    /** A file as it was read. */
    record ReadFile(FileStamp stamp, SiteFile file) {}

    /** What a path leads to, as it came in a request, or null where nothing is. */
    @Nullable SiteEntry find(String path) {
        return path.indexOf('%') >= 0 ? findDecoded(path) : entries.get(path);
    }

    private @Nullable SiteEntry findDecoded(String path) {
        try {
            return entries.get(UriUtils.decode(path, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return null; // no valid encoding names no file
        }
    }
}
