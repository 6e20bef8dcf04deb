package dev.gatehouse.site;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses a file once, when the site is read. */
final class Compression {

    static final String BROTLI = "br";
    static final String GZIP = "gzip";

    /** With a higher quality, reading the largest site takes more than some seconds. */
    private static final int BROTLI_QUALITY = 6;

    /** A representation that saves less than a twentieth is not worth its memory. */
    private static final int MIN_GAIN = 20;

    private Compression() {}

    /** In Brotli; null where that saves nothing, or on a machine without its native library. */
    static @Nullable Representation brotli(String etag, byte[] bytes) {
        return Brotli4jLoader.isAvailable() ? ifSmaller(BROTLI, etag, bytes, brotli(bytes)) : null;
    }

    /** In gzip; null where that saves nothing. */
    static @Nullable Representation gzip(String etag, byte[] bytes) {
        return ifSmaller(GZIP, etag, bytes, gzip(bytes));
    }

    private static @Nullable Representation ifSmaller(
            String coding, String etag, byte[] bytes, byte[] compressed) {
        return compressed.length < bytes.length - bytes.length / MIN_GAIN
                ? new MemoryRepresentation("\"" + etag + "-" + coding + "\"", coding, compressed)
                : null;
    }

    private static byte[] brotli(byte[] bytes) {
        try {
            return Encoder.compress(bytes, Encoder.Parameters.create(BROTLI_QUALITY));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // no disk, no network: cannot happen
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzip(compressed)) {
            gzip.write(bytes);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // no disk, no network: cannot happen
        }
        return compressed.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {

        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
