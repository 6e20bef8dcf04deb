package dev.gatehouse.accesslog;

import dev.gatehouse.config.InvalidPropertyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is renamed to {@code NAME.1} once it has grown to its limit, and that to {@code
 * NAME.2}, up to the number of files to keep. It is opened for each write, so that another program
 * may rename it at any time, such as logrotate.
 */
final class RotatingLogFile implements LogTarget {

    static final String PROPERTY = "gatehouse.access-log.file";

    private final Path file;
    private final long maxBytes;
    private final int maxFiles;

    /**
     * @param maxFiles how many files to keep, with the current one
     */
    RotatingLogFile(Path file, long maxBytes, int maxFiles) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
    }

    /** Stops the start where the file cannot be written. */
    RotatingLogFile checked() {
        try {
            open().close();
        } catch (IOException | UnsupportedOperationException ex) {
            throw new InvalidPropertyException(
                    PROPERTY,
                    file,
                    "cannot be written: " + ex,
                    "Create its folder and let the server's user write there, or leave the property"
                            + " out to log to standard output.");
        }
        return this;
    }

    @Override
    public void write(LineBuffer lines) throws IOException {
        FileChannel channel = open();
        try {
            if (channel.size() > 0 && channel.size() + lines.end() > maxBytes) {
                channel.close();
                rotate();
                channel = open();
            }
            ByteBuffer bytes = ByteBuffer.wrap(lines.bytes(), 0, lines.end());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            channel.close();
        }
    }

    /** For its owner and group alone, as it holds addresses of visitors. */
    private FileChannel open() throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-r-----")));
        }
        return FileChannel.open(file, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        for (int i = maxFiles - 1; i > 0; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (maxFiles == 1) {
            Files.delete(file);
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
