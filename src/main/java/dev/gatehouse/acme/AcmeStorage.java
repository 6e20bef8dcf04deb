package dev.gatehouse.acme;

import dev.gatehouse.config.InvalidPropertyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account key, the certificate with its key and the order in progress, on disk. A file is
 * replaced as a whole or not at all, whenever the process is killed; a file that cannot be read is
 * never replaced. Several processes may share a storage: one at a time orders.
 *
 * <pre>
 * lock                                          held by the process that orders
 * account-HOST-PATH.pem                         the account's key and URL, for each directory
 * certificate.pem                               the key and the chain that are served
 * order.pem                                     the order in progress and its key
 * retry-after                                   until when the certificate authority wants no order
 * webroot/.well-known/acme-challenge/TOKEN      the answers of pending challenges
 * </pre>
 */
final class AcmeStorage {

    private static final String CERTIFICATE = "certificate.pem";
    private static final String ORDER = "order.pem";
    private static final String RETRY_AFTER = "retry-after";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** A chain of four certificates with RSA keys has some 10 KB. */
    private static final long LARGEST_FILE = 256 * 1024;

    private final Path folder;
    private final Object owner;

    private AcmeStorage(Path folder, Object owner) {
        this.folder = folder;
        this.owner = owner;
    }

    /**
     * Creates the folder if it is missing, and checks that it is ours and can be written to.
     *
     * @param property the property that the folder comes from, for messages
     */
    static AcmeStorage open(Path folder, String property) {
        try {
            Files.createDirectories(folder, FOLDER_MODE);
            Path real = folder.toRealPath();
            Object owner = createsFilesAs(real);
            if (!Files.getAttribute(real, "unix:uid").equals(owner)) {
                throw unusable(
                        folder,
                        property,
                        "belongs to user '%s', while this process runs as '%s'"
                                .formatted(Files.getOwner(real), System.getProperty("user.name")),
                        null);
            }
            Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
            AcmeStorage storage = new AcmeStorage(real, owner);
            storage.checkFiles(property);
            return storage;
        } catch (IOException ex) {
            throw unusable(folder, property, "cannot be written to (" + reason(ex) + ")", ex);
        }
    }

    /** The user id that this process's files get; on some network file systems not its own. */
    private static Object createsFilesAs(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "probe", ".tmp", FILE_MODE);
        try {
            return Files.getAttribute(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }

    private void checkFiles(String property) {
        try (DirectoryStream<Path> accounts = Files.newDirectoryStream(folder, "account-*.pem")) {
            for (Path account : accounts) {
                read(account.getFileName().toString(), true, false);
            }
            certificate();
            order();
        } catch (AcmeFailure ex) {
            throw new InvalidPropertyException(
                    property,
                    folder,
                    "holds a file that cannot be used: " + ex.message(),
                    "Correct the file, or move it away: a new one is made then. Nothing was"
                            + " overwritten.",
                    ex);
        } catch (IOException ex) {
            throw unusable(folder, property, "cannot be read (" + reason(ex) + ")", ex);
        }
    }

    private static InvalidPropertyException unusable(
            Path folder, String property, String problem, @Nullable Throwable cause) {
        return new InvalidPropertyException(
                property,
                folder,
                problem,
                "Set it to a folder that belongs to user '%s' alone, on a disk that keeps it."
                        .formatted(System.getProperty("user.name")),
                cause);
    }

    Path folder() {
        return folder;
    }

    /** The webroot below which {@link #putChallenge} writes. */
    Path webroot() {
        return folder.resolve("webroot");
    }

    Optional<StoredFile> account(CaDirectory directory) throws AcmeFailure {
        return read(accountFile(directory), true, false);
    }

    void saveAccount(CaDirectory directory, StoredFile account) throws AcmeFailure {
        write(accountFile(directory), account.text());
    }

    private static String accountFile(CaDirectory directory) {
        return "account-" + directory.fileName() + ".pem";
    }

    Optional<StoredFile> certificate() throws AcmeFailure {
        return read(CERTIFICATE, true, true);
    }

    void saveCertificate(StoredFile certificate) throws AcmeFailure {
        write(CERTIFICATE, certificate.text());
    }

    Optional<StoredFile> order() throws AcmeFailure {
        return read(ORDER, true, false);
    }

    void saveOrder(StoredFile order) throws AcmeFailure {
        write(ORDER, order.text());
    }

    void deleteOrder() throws AcmeFailure {
        delete(folder.resolve(ORDER));
    }

    Optional<StoredFile> retryAfter() throws AcmeFailure {
        return read(RETRY_AFTER, false, false);
    }

    void saveRetryAfter(StoredFile facts) throws AcmeFailure {
        write(RETRY_AFTER, facts.text());
    }

    void deleteRetryAfter() throws AcmeFailure {
        delete(folder.resolve(RETRY_AFTER));
    }

    void putChallenge(String token, String keyAuthorization) throws AcmeFailure {
        write(challengeFolder().resolve(token), keyAuthorization);
    }

    /** Removes the answers of all challenges, those of a process that was killed too. */
    void deleteChallenges() throws AcmeFailure {
        Path challenges = challengeFolder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(challenges)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (NoSuchFileException _) {
            // none were ever put there
        } catch (IOException ex) {
            throw failure(challenges, "cannot be emptied", ex);
        }
    }

    private Path challengeFolder() {
        return webroot().resolve(AcmeChallenge.FOLDER.substring(1));
    }

    /** Locks the storage, or returns empty if another process has it locked. */
    Optional<Lock> tryLock() throws AcmeFailure {
        Path file = folder.resolve("lock");
        try {
            Files.createDirectories(folder, FOLDER_MODE);
            FileChannel channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            FILE_MODE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(() -> channel.close());
        } catch (IOException ex) {
            throw failure(file, "cannot be locked", ex);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by another context of this process
        } catch (IOException ex) {
            channel.close();
            throw ex;
        }
    }

    /** A lock that the end of the process, however it comes, releases too. */
    @FunctionalInterface
    interface Lock extends AutoCloseable {

        @Override
        void close() throws IOException;
    }

    private Optional<StoredFile> read(String name, boolean hasKey, boolean hasChain)
            throws AcmeFailure {
        Path file = folder.resolve(name);
        try {
            if (!Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                throw new AcmeFailure(
                        FailureKind.STORAGE,
                        "%s belongs to user '%s'"
                                .formatted(file, Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)));
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new AcmeFailure(FailureKind.STORAGE, file + " is too large");
            }
            return Optional.of(StoredFile.parse(Files.readString(file), hasKey, hasChain));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (CharacterCodingException | IllegalArgumentException ex) {
            throw new AcmeFailure(
                    FailureKind.STORAGE,
                    "%s is damaged: %s".formatted(file, ex.getMessage()),
                    null,
                    ex);
        } catch (IOException ex) {
            throw failure(file, "cannot be read", ex);
        }
    }

    private void write(String name, String text) throws AcmeFailure {
        write(folder.resolve(name), text);
    }

    /** To a file beside it, to the disk, and only then over the old one. */
    private void write(Path file, String text) throws AcmeFailure {
        Path parent = Objects.requireNonNull(file.getParent());
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.createDirectories(parent, FOLDER_MODE);
            Files.deleteIfExists(temporary); // of a process that was killed
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            FILE_MODE)) {
                ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(parent);
        } catch (IOException ex) {
            deleteQuietly(temporary);
            throw failure(file, "cannot be written", ex);
        }
    }

    private void delete(Path file) throws AcmeFailure {
        try {
            if (Files.deleteIfExists(file)) {
                syncFolder(folder);
            }
        } catch (IOException ex) {
            throw failure(file, "cannot be deleted", ex);
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // the next write tries again
        }
    }

    private static AcmeFailure failure(Path file, String problem, IOException ex) {
        return new AcmeFailure(
                FailureKind.STORAGE, "%s %s (%s)".formatted(file, problem, reason(ex)), null, ex);
    }

    /** A file system exception's message is mostly the path alone. */
    private static String reason(IOException ex) {
        return switch (ex) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException fs when fs.getReason() != null -> fs.getReason();
            case FileSystemException _ -> ex.getClass().getSimpleName();
            default -> String.valueOf(ex.getMessage());
        };
    }
}
