package dev.gatehouse.site;

import java.io.IOException;
import java.io.OutputStream;

/** One representation of a file: as it is, or compressed. */
sealed interface Content permits MemoryContent, DiskContent {

    /** A strong validator, in its quotes: different for every representation (RFC 9110, 8.8.3). */
    String etag();

    /** In bytes. */
    long length();

    /** Writes that many bytes from there on. */
    void writeTo(OutputStream out, long start, long count) throws IOException;
}
