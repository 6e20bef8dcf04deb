package dev.gatehouse.site;

import java.io.IOException;
import java.io.OutputStream;

/** Kept in memory. */
final class MemoryContent implements Content {

    private final String etag;
    private final byte[] bytes;

    MemoryContent(String etag, byte[] bytes) {
        this.etag = etag;
        this.bytes = bytes;
    }

    @Override
    public String etag() {
        return etag;
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
