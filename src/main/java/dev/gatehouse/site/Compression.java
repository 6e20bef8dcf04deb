package dev.gatehouse.site;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes a file's compressed variants, once, when the site is read. */
final class Compression {

    /** The densest that reads the largest site in memory in seconds. */
    private static final int BROTLI_QUALITY = 6;

    /** A variant that saves less than a twentieth is not worth its memory. */
    private static final int LEAST_GAIN = 20;

    private Compression() {}

    /**
     * The variants that gain something, the best liked first. Brotli needs native code, and is left
     * out where there is none for the machine.
     */
    static List<Compressed> of(String etag, byte[] bytes) {
        List<Compressed> variants = new ArrayList<>();
        if (Brotli4jLoader.isAvailable()) {
            addIfSmaller(variants, ContentCoding.BROTLI, etag, brotli(bytes), bytes.length);
        }
        addIfSmaller(variants, ContentCoding.GZIP, etag, gzip(bytes), bytes.length);
        return List.copyOf(variants);
    }

    private static void addIfSmaller(
            List<Compressed> variants,
            ContentCoding coding,
            String etag,
            byte[] compressed,
            int length) {
        if (compressed.length < length - length / LEAST_GAIN) {
            String own = "\"" + etag + "-" + coding.token() + "\"";
            variants.add(new Compressed(coding, new MemoryContent(own, compressed)));
        }
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
        try (OutputStream gzip = new DensestGzip(compressed)) {
            gzip.write(bytes);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex); // no disk, no network: cannot happen
        }
        return compressed.toByteArray();
    }

    private static final class DensestGzip extends GZIPOutputStream {

        DensestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /** A file in one compression. */
    record Compressed(ContentCoding coding, Content content) {}
}
