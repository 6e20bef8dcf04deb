package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The site as it is now. A folder on disk is looked at again and again, and read anew, whole, once
 * a change has come to rest: nobody is served half an old page and half a new one.
 */
class CurrentSite {

    private static final Logger logger = LoggerFactory.getLogger(CurrentSite.class);

    /** A folder that takes long to look at is looked at less often: a twentieth of one core. */
    private static final int SHARE_OF_A_CORE = 20;

    /** Error pages, for a site that brings none. */
    private static final SiteSource FALLBACK = new ClasspathSource("classpath:/fallback/");

    private final SiteProperties properties;
    private final SiteSource source;
    private volatile Site site;
    private Map<String, Stamp> served;
    private @Nullable Map<String, Stamp> pending;
    private volatile Duration lastLook = Duration.ZERO;

    CurrentSite(SiteProperties properties) throws IOException {
        this.properties = properties;
        Path folder = properties.folder();
        this.source =
                folder == null ? new ClasspathSource(properties.root()) : new FolderSource(folder);
        this.served = stamps();
        this.site = read();
    }

    Site get() {
        return site;
    }

    /** Looks once, and reads the site when a change was seen by this look and the one before. */
    void look() throws IOException {
        long start = System.nanoTime();
        try {
            compare();
        } finally {
            lastLook = Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private void compare() throws IOException {
        Map<String, Stamp> seen = stamps();
        if (seen.equals(served)) {
            pending = null;
        } else if (!seen.equals(pending)) {
            pending = seen;
        } else {
            replace(seen);
        }
    }

    private void replace(Map<String, Stamp> seen) throws IOException {
        Site changed = read();
        if (!stamps().equals(seen)) {
            return; // written to while it was read: the next looks will tell
        }
        site = changed;
        served = seen;
        pending = null;
        logger.info("The site has changed: serving {} files of {}", seen.size(), properties.root());
    }

    private Site read() throws IOException {
        return SiteLoader.load(properties, source, FALLBACK);
    }

    private Map<String, Stamp> stamps() throws IOException {
        Map<String, Stamp> stamps = new TreeMap<>();
        for (SiteSource.Found found : source.list()) {
            stamps.put(found.name(), new Stamp(found.length(), found.lastModified()));
        }
        return stamps;
    }

    /** The pause until the next look: the interval, and more where a look takes long. */
    Duration pause() {
        Duration rest = lastLook.multipliedBy(SHARE_OF_A_CORE);
        Duration interval = properties.watchInterval();
        return rest.compareTo(interval) > 0 ? rest : interval;
    }

    private record Stamp(long length, long lastModified) {}
}
