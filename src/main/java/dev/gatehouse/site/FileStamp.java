package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one state of a file from another without reading it. Length and modification time are not
 * enough: builds that can be reproduced give every file the same time. The time of the last change
 * of the inode cannot be set, and a file that replaces another has another inode.
 *
 * @param length in bytes
 * @param modified when the content was last changed, as the file's owner says
 * @param changed when content or attributes were last changed, or null where the system has no such
 *     time
 * @param inode device and inode, or null where the system has none
 */
record FileStamp(
        long length, FileTime modified, @Nullable FileTime changed, @Nullable Object inode) {

    /** The stamp of a file on disk; links are followed. */
    static FileStamp of(Path file) throws IOException {
        return of(file, Files.readAttributes(file, BasicFileAttributes.class));
    }

    static FileStamp of(Path file, BasicFileAttributes attributes) throws IOException {
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime(),
                changed(file),
                attributes.fileKey());
    }

    private static @Nullable FileTime changed(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ctime");
        return (FileTime) attributes.get("ctime");
    }
}
