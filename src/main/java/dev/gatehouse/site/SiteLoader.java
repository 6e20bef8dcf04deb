package dev.gatehouse.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.util.UriUtils;

/**
 * Reads a whole site, keeping in memory what fits. A file that has not changed since the site was
 * read before is taken from there.
 */
final class SiteLoader {

    private static final String INDEX = "index.html";

    private final Map<String, SiteEntry> entries = new HashMap<>();
    private final Map<String, Site.ReadFile> files = new HashMap<>();
    private final Site previous;
    private final SiteFileReader reader = new SiteFileReader();
    private final long maxFileInMemory;
    private long freeMemory;

    private SiteLoader(SiteProperties properties, Site previous) {
        this.previous = previous;
        this.maxFileInMemory = properties.maxFileInMemory().toBytes();
        this.freeMemory = properties.bytesInMemory();
    }

    /** Reads the sources in order; of two files of one name the first stays. */
    static Site load(SiteProperties properties, Site previous, SiteSource... sources)
            throws IOException {
        SiteLoader loader = new SiteLoader(properties, previous);
        for (SiteSource source : sources) {
            for (SiteSource.Found found : source.list()) {
                loader.add(found);
            }
        }
        return new Site(loader.entries, loader.files);
    }

    private void add(SiteSource.Found found) throws IOException {
        String path = "/" + found.name();
        if (entries.containsKey(path)) {
            return;
        }
        SiteFile file = read(found);
        files.put(path, new Site.ReadFile(found.stamp(), file));
        entries.put(path, file);
        if (path.endsWith("/" + INDEX)) {
            addFolder(path.substring(0, path.length() - INDEX.length()), file);
        }
    }

    private SiteFile read(SiteSource.Found found) throws IOException {
        long length = found.stamp().length();
        boolean isInMemory =
                found.path() == null || (length <= maxFileInMemory && length <= freeMemory);
        Site.ReadFile before = previous.files().get("/" + found.name());
        SiteFile file =
                before != null
                                && before.stamp().equals(found.stamp())
                                && before.file().isInMemory() == isInMemory
                        ? before.file()
                        : reader.read(found, isInMemory);
        freeMemory -= isInMemory ? length + file.compressedLength() : 0;
        return file;
    }

    private void addFolder(String path, SiteFile index) {
        entries.put(path, index);
        if (path.length() > 1) {
            String location = UriUtils.encodePath(path, StandardCharsets.UTF_8);
            entries.put(path.substring(0, path.length() - 1), new SiteEntry.Folder(location));
        }
    }
}
