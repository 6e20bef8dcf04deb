package dev.gatehouse.site;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Kept in memory. */
final class MemoryRepresentation implements Representation {

    private final String etag;
    private final @Nullable String coding;
    private final byte[] bytes;

    MemoryRepresentation(String etag, @Nullable String coding, byte[] bytes) {
        this.etag = etag;
        this.coding = coding;
        this.bytes = bytes;
    }

    @Override
    public String etag() {
        return etag;
    }

    @Override
    public @Nullable String coding() {
        return coding;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out, long start, long count) throws IOException {
        out.write(bytes, Math.toIntExact(start), Math.toIntExact(count));
    }
}
