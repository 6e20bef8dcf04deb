package dev.gatehouse.site;

import dev.gatehouse.site.SiteProperties.RedirectRule;
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
    private static final String HTML = ".html";

    private final Map<String, SiteEntry> entries = new HashMap<>();
    private final Map<String, Site.ReadFile> files = new HashMap<>();
    private final Site previous;
    private final SiteFileReader reader;
    private final SiteProperties properties;
    private final long maxFileInMemory;
    private long freeMemory;

    private SiteLoader(SiteProperties properties, Site previous) {
        this.properties = properties;
        this.reader = new SiteFileReader(properties.headers());
        this.previous = previous;
        this.maxFileInMemory = properties.maxFileInMemory().toBytes();
        this.freeMemory = properties.bytesInMemory();
    }

    /** Reads the site, and from the fallback the files that the site has not. */
    static Site load(
            SiteProperties properties, Site previous, SiteSource source, SiteSource fallback)
            throws IOException {
        SiteLoader loader = new SiteLoader(properties, previous);
        loader.addAll(source);
        loader.addAlternativeNames();
        loader.addAll(fallback);
        return new Site(
                loader.entries,
                loader.files,
                properties.redirects().stream()
                        .filter(RedirectRule::isWildcard)
                        .map(r -> new Site.Wildcard(r.path(), r.location(), r.status()))
                        .toList());
    }

    private void addAll(SiteSource source) throws IOException {
        for (SiteSource.Found found : source.list()) {
            add(found);
        }
    }

    /** A file's own name wins over every other name. */
    private void addAlternativeNames() {
        SiteEntry notFound = entries.get("/404.html");
        if (notFound != null) {
            entries.putIfAbsent(ErrorPages.path("404"), notFound);
        }
        if (properties.cleanUrls()) {
            files.forEach(
                    (path, file) -> {
                        if (path.endsWith(HTML)) {
                            entries.putIfAbsent(
                                    path.substring(0, path.length() - HTML.length()), file.file());
                        }
                    });
        }
        for (RedirectRule rule : properties.redirects()) {
            if (!rule.isWildcard()) {
                entries.putIfAbsent(
                        rule.path(), new SiteEntry.Redirect(rule.location(), rule.status()));
            }
        }
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
            entries.put(
                    path.substring(0, path.length() - 1), new SiteEntry.Redirect(location, 301));
        }
    }
}
