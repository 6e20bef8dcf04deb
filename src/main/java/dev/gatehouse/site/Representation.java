package dev.gatehouse.site;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** One representation of a file (RFC 9110, 3.2): as it is, or compressed. */
sealed interface Representation permits MemoryRepresentation, FileRepresentation {

    /** A strong validator, in its quotes: different for each representation (RFC 9110, 8.8.3). */
    String etag();

    /** The value of {@code Content-Encoding}, or null where there is none. */
    @Nullable String coding();

    /** In bytes. */
    long length();

    /** Writes that many bytes, beginning with the one at that offset. */
    void writeTo(OutputStream out, long start, long count) throws IOException;
}
