package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * The profiles of browsers, in the directory for temporary files, to which other users of the
 * machine may write as well: only what is of this user is deleted, and no link is followed.
 */
final class ProfileDirectory {

    private static final String PREFIX = "gatehouse-browser-";

    private ProfileDirectory() {}

    /** A new one, which only this user may read. */
    static Path create() throws IOException {
        return Files.createTempDirectory(prefix());
    }

    private static String prefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    /** Deletes the profiles of servers that did not live to do it. */
    static void deleteAbandoned(Path temporary) {
        try {
            Path own = Files.createTempDirectory(temporary, prefix());
            UserPrincipal user = Files.getOwner(own);
            Files.delete(own);
            try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, PREFIX + "*-*")) {
                for (Path profile : all) {
                    if (isAbandoned(profile.getFileName().toString())) {
                        delete(profile, user);
                    }
                }
            }
        } catch (IOException _) {
            // the next start tries again
        }
    }

    private static boolean isAbandoned(String name) {
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        return pid.matches("[0-9]{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** Deletes one of this process. */
    static void delete(Path profile) {
        try {
            delete(profile, Files.getOwner(profile, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException _) {
            // deleteAbandoned tries again
        }
    }

    private static void delete(Path profile, UserPrincipal user) throws IOException {
        try (DirectoryStream<Path> parent = Files.newDirectoryStream(profile.getParent())) {
            // by descriptors: what is checked is what is deleted, even if a name is exchanged
            if (parent instanceof SecureDirectoryStream<Path> secure) {
                Path name = profile.getFileName();
                boolean deleted = false;
                try (SecureDirectoryStream<Path> directory =
                        secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    if (isPrivate(directory, user)) {
                        deleteContents(directory);
                        deleted = true;
                    }
                }
                if (deleted) {
                    secure.deleteDirectory(name);
                }
            }
        }
    }

    private static boolean isPrivate(SecureDirectoryStream<Path> directory, UserPrincipal user)
            throws IOException {
        PosixFileAttributes attributes =
                directory.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
        Set<PosixFilePermission> permissions = attributes.permissions();
        return attributes.owner().equals(user)
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static void deleteContents(SecureDirectoryStream<Path> directory) throws IOException {
        for (Path entry : directory) {
            Path name = entry.getFileName();
            boolean isDirectory =
                    directory
                            .getFileAttributeView(
                                    name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes()
                            .isDirectory();
            if (isDirectory) {
                try (SecureDirectoryStream<Path> inner =
                        directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    deleteContents(inner);
                }
                directory.deleteDirectory(name);
            } else {
                directory.deleteFile(name);
            }
        }
    }
}
