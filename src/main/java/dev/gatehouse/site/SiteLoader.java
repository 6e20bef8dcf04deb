package dev.gatehouse.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.util.UriUtils;

/** Reads a whole site, file by file, keeping in memory what fits. */
final class SiteLoader {

    private static final String INDEX = "index.html";

    private final Map<String, SiteEntry> entries = new HashMap<>();
    private final long maxFileInMemory;
    private long freeMemory;

    private SiteLoader(SiteProperties properties) {
        this.maxFileInMemory = properties.maxFileInMemory().toBytes();
        this.freeMemory = properties.bytesInMemory();
    }

    /** Reads the sources in order; of two files of one name the first stays. */
    static Site load(SiteProperties properties, SiteSource... sources) throws IOException {
        SiteLoader loader = new SiteLoader(properties);
        for (SiteSource source : sources) {
            for (SiteSource.Found found : source.list()) {
                loader.add(found);
            }
        }
        return new Site(loader.entries);
    }

    private void add(SiteSource.Found found) throws IOException {
        String path = "/" + found.name();
        if (isHidden(path) || entries.containsKey(path)) {
            return;
        }
        SiteFile file = read(found);
        entries.put(path, file);
        if (path.endsWith("/" + INDEX)) {
            addFolder(path.substring(0, path.length() - INDEX.length()), file);
        }
    }

    private SiteFile read(SiteSource.Found found) throws IOException {
        boolean fits = found.length() <= maxFileInMemory && found.length() <= freeMemory;
        if (!fits && found.path() != null) {
            return SiteFileReader.onDisk(
                    found.name(), found.path(), found.length(), found.lastModified());
        }
        byte[] bytes = found.read();
        SiteFile file = SiteFileReader.inMemory(found.name(), bytes, found.lastModified());
        freeMemory -= bytes.length;
        freeMemory -= file.compressedLength();
        return file;
    }

    private void addFolder(String path, SiteFile index) {
        entries.put(path, index);
        if (path.length() > 1) {
            String location = UriUtils.encodePath(path, StandardCharsets.UTF_8);
            entries.put(path.substring(0, path.length() - 1), new SiteEntry.Folder(location));
        }
    }

    /**
     * Whether a part of the path begins with a dot: Kubernetes' {@code ..data}, {@code .git} and
     * the like are no pages; {@code .well-known} (RFC 8615) is one.
     */
    private static boolean isHidden(String path) {
        return path.replace("/.well-known/", "/").contains("/.");
    }
}
