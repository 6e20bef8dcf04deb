package dev.gatehouse.site;

import dev.gatehouse.config.InvalidPropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The site as it is now. A folder on disk is compared again and again with what is served, and read
 * anew once two comparisons in a row have seen the same change: no answer mixes old and new pages.
 * A folder that is gone or empty changes nothing: the last site goes on being served.
 */
class CurrentSite {

    private static final Logger logger = LoggerFactory.getLogger(CurrentSite.class);

    /** A folder that takes long to compare is compared less often: a twentieth of one core. */
    private static final int SHARE_OF_A_CORE = 20;

    /** Error pages, for a site that brings none. */
    private static final SiteSource FALLBACK = new ClasspathSource("classpath:/fallback/");

    private final SiteProperties properties;
    private final SiteSource source;
    private volatile Site site;
    private volatile @Nullable String problem;
    private volatile Map<String, FileStamp> served;
    private @Nullable Map<String, FileStamp> pending;
    private volatile Duration lastComparison = Duration.ZERO;

    CurrentSite(SiteProperties properties, SiteSource source) throws IOException {
        this.properties = properties;
        this.source = source;
        this.served = stamps();
        if (served.isEmpty()) {
            throw properties.invalidRoot("has no file that can be served");
        }
        this.site = SiteLoader.load(properties, Site.EMPTY, source, FALLBACK);
        String fallback = properties.fallback();
        if (fallback != null && !(site.find(fallback) instanceof SiteFile)) {
            throw new InvalidPropertyException(
                    "gatehouse.site.fallback",
                    fallback,
                    "is no file of the site",
                    "Set it to a file below gatehouse.site.root, such as /index.html.");
        }
    }

    Site get() {
        return site;
    }

    /** Why the folder cannot be served as it is now, or null where it can. */
    @Nullable String problem() {
        return problem;
    }

    /** Number of files that are served, without error pages of our own. */
    int fileCount() {
        return served.size();
    }

    /** Compares once, and reads the site when the same change was seen by the last comparison. */
    void update() throws IOException {
        long start = System.nanoTime();
        try {
            compare(stamps());
        } finally {
            lastComparison = Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private void compare(Map<String, FileStamp> seen) throws IOException {
        if (seen.isEmpty()) {
            pending = null;
            keep();
        } else if (seen.equals(served)) {
            pending = null;
            recovered();
        } else if (seen.equals(pending)) {
            replace(seen);
        } else {
            pending = seen;
        }
    }

    private void keep() {
        if (problem == null) {
            Path folder = properties.folder();
            problem =
                    folder != null && Files.isDirectory(folder)
                            ? "has no file that can be served"
                            : "is no folder any more";
            logger.warn(
                    "{} {}: serving the {} files that were read before",
                    properties.root(),
                    problem,
                    served.size());
        }
    }

    private void recovered() {
        if (problem != null) {
            problem = null;
            logger.info("{} can be read again", properties.root());
        }
    }

    private void replace(Map<String, FileStamp> seen) throws IOException {
        Site changed = SiteLoader.load(properties, site, source, FALLBACK);
        if (!stamps().equals(seen)) {
            return; // changed while it was read: the next comparisons see it
        }
        site = changed;
        served = seen;
        pending = null;
        recovered();
        logger.info("The site has changed: serving {} files of {}", seen.size(), properties.root());
    }

    private Map<String, FileStamp> stamps() throws IOException {
        Map<String, FileStamp> stamps = new TreeMap<>();
        for (SiteSource.Found found : source.list()) {
            stamps.put(found.name(), found.stamp());
        }
        return stamps;
    }

    /** The pause until the next comparison: the interval, and more where one takes long. */
    Duration pause() {
        Duration rest = lastComparison.multipliedBy(SHARE_OF_A_CORE);
        Duration interval = properties.watchInterval();
        return rest.compareTo(interval) > 0 ? rest : interval;
    }
}
