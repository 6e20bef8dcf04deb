package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on disk. Links are followed: Kubernetes mounts a ConfigMap as links. File names are read
 * as UTF-8, whatever the locale of the process.
 */
class FolderSource implements SiteSource {

    private static final int DEEPEST = 32;

    private static final Logger logger = LoggerFactory.getLogger(FolderSource.class);

    private final Path root;

    /** Encoded paths of files that a warning has named. */
    private final Set<String> warnedOf = new HashSet<>();

    FolderSource(Path root) {
        this.root = root;
    }

    @Override
    public List<Found> list() throws IOException {
        List<Found> files = new ArrayList<>();
        List<String> unnamed = new ArrayList<>();
        Files.walkFileTree(
                root,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                DEEPEST,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && Files.isReadable(file)) {
                            String name = FileNames.relative(root, file);
                            if (name == null) {
                                unnamed.add(file.toUri().getRawPath());
                            } else {
                                files.add(found(name, file, attributes));
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException ex) {
                        return FileVisitResult.CONTINUE; // gone meanwhile, or a link in a circle
                    }
                });
        warnOnce(unnamed);
        return files;
    }

    private void warnOnce(List<String> names) {
        for (String name : names) {
            if (warnedOf.add(name)) {
                logger.warn("{} is not served: its name is not UTF-8. Rename it.", name);
            }
        }
    }

    private static Found found(String name, Path file, BasicFileAttributes attributes) {
        return new Found(
                name,
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                file,
                () -> Files.readAllBytes(file));
    }
}
