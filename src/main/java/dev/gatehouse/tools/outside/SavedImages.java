package dev.gatehouse.tools.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of the last screenshot, in a folder, so that the first one after a restart can be
 * compared where jobs are kept in memory alone.
 */
final class SavedImages {

    private static final Logger logger = LoggerFactory.getLogger(SavedImages.class);

    private final Path folder;

    SavedImages(Path folder) {
        this.folder = folder;
    }

    /** By the names of the views; none where there are none, or they are older than that. */
    Map<String, byte[]> load(Iterable<String> views, Instant oldest) {
        Map<String, byte[]> images = new TreeMap<>();
        for (String view : views) {
            Path file = file(view);
            try {
                if (Files.getLastModifiedTime(file).toInstant().isAfter(oldest)) {
                    images.put(view, Files.readAllBytes(file));
                }
            } catch (NoSuchFileException _) {
                // the first start
            } catch (IOException ex) {
                logger.warn("The last screenshot of this site is lost: {}", ex.toString());
            }
        }
        return images;
    }

    /** When they were saved. */
    Instant time(String view) {
        try {
            return Files.getLastModifiedTime(file(view)).toInstant();
        } catch (IOException _) {
            return Instant.EPOCH;
        }
    }

    void save(String view, byte[] image) {
        try {
            Files.createDirectories(folder);
            Path next = folder.resolve(view + ".new");
            Files.write(next, image);
            Files.move(next, file(view), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException ex) {
            logger.info(
                    "The screenshot of this site cannot be saved, and a restart will lose it: {}",
                    ex.toString());
        }
    }

    private Path file(String view) {
        return folder.resolve(view + ".png");
    }
}
