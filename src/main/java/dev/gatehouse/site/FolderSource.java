package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on disk. Links are followed: Kubernetes mounts a ConfigMap as links. File names are read
 * as UTF-8, whatever the locale of the process.
 */
class FolderSource implements SiteSource {

    private static final Logger logger = LoggerFactory.getLogger(FolderSource.class);

    private static final int MAX_DEPTH = 32;

    private final Path root;

    /** Files that a warning has named. */
    private final Set<String> warnedOf = new HashSet<>();

    FolderSource(Path root) {
        this.root = root;
    }

    @Override
    public List<Found> list() throws IOException {
        Visitor visitor = new Visitor();
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, visitor);
        return visitor.files;
    }

    private void warnOnce(Path file, String problem) {
        String name = file.toUri().getRawPath();
        if (warnedOf.add(name)) {
            logger.warn("{} is not served: {}", name, problem);
        }
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final List<Found> files = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = FileNames.relative(root, folder);
            return name != null && !name.isEmpty() && SiteSource.isHidden(name + "/")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                String name = FileNames.relative(root, file);
                if (name == null) {
                    warnOnce(file, "its name is not UTF-8. Rename it.");
                } else if (!SiteSource.isHidden(name)) {
                    add(name, file, attributes);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(String name, Path file, BasicFileAttributes attributes) {
            if (!Files.isReadable(file)) {
                warnOnce(file, "user '" + System.getProperty("user.name") + "' cannot read it.");
                return;
            }
            try {
                FileStamp stamp = FileStamp.of(file, attributes);
                files.add(new Found(name, stamp, file, () -> Files.readAllBytes(file)));
            } catch (IOException ex) {
                visitFileFailed(file, ex);
            }
        }

        /** A file may be gone meanwhile, a link may lead into a circle or nowhere. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException ex) {
            if (!(ex instanceof NoSuchFileException) && !(ex instanceof FileSystemLoopException)) {
                warnOnce(file, "it cannot be read (" + ex + ").");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException ex) {
            return FileVisitResult.CONTINUE;
        }
    }
}
