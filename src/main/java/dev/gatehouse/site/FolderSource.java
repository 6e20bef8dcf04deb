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
import java.util.List;

/** A folder on disk. Links are followed: Kubernetes mounts a ConfigMap as links. */
class FolderSource implements SiteSource {

    private static final int DEEPEST = 32;

    private final Path root;

    FolderSource(Path root) {
        this.root = root;
    }

    @Override
    public List<Found> list() throws IOException {
        List<Found> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                DEEPEST,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && Files.isReadable(file)) {
                            files.add(found(file, attributes));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException ex) {
                        return FileVisitResult.CONTINUE; // gone meanwhile, or a link in a circle
                    }
                });
        return files;
    }

    private Found found(Path file, BasicFileAttributes attributes) {
        return new Found(
                root.relativize(file).toString().replace('\\', '/'),
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                file,
                () -> Files.readAllBytes(file));
    }
}
