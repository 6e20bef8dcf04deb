package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The site as it is now. A folder on disk is looked at again and again, and read anew, whole, once
 * a change has come to rest: nobody is served half an old page and half a new one.
 */
class CurrentSite implements SmartLifecycle {

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
    private @Nullable Thread thread;

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

    @Override
    public synchronized void start() {
        if (properties.folder() != null && thread == null) {
            thread = Thread.ofPlatform().daemon().name("site-watch").start(this::watch);
        }
    }

    private void watch() {
        Duration pause = properties.watchInterval();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pause);
                long start = System.nanoTime();
                lookAndReport();
                Duration rest =
                        Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE_OF_A_CORE);
                pause =
                        rest.compareTo(properties.watchInterval()) > 0
                                ? rest
                                : properties.watchInterval();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAndReport() {
        try {
            look();
        } catch (IOException | RuntimeException | Error ex) {
            logger.warn("The site cannot be read, serving what was read before: {}", ex.toString());
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private record Stamp(long length, long lastModified) {}
}
