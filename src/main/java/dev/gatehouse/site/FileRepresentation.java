package dev.gatehouse.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Too large for the memory: read for each request. */
record FileRepresentation(String etag, @Nullable String coding, Path path, FileStamp stamp)
        implements Representation {

    private static final int BUFFER = 64 * 1024;

    @Override
    public long length() {
        return stamp.length();
    }

    /**
     * Fails where the file has become shorter, which closes the connection: the client sees that
     * the answer is incomplete.
     */
    @Override
    public void writeTo(OutputStream out, long start, long count) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(start);
            for (long left = count; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("The file has become shorter while it was sent");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }
}
