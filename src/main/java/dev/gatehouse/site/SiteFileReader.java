package dev.gatehouse.site;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of a file's name and bytes all that its answers need. */
final class SiteFileReader {

    private static final String ALWAYS_ASK = "no-cache";
    private static final String NEVER_CHANGES = "public, max-age=31536000, immutable";

    /** Kinds of files that a page loads: only they are given names by their content. */
    private static final Set<String> ASSETS =
            Set.of(
                    "css", "js", "mjs", "cjs", "map", "wasm", "json", "svg", "png", "jpg", "jpeg",
                    "gif", "webp", "avif", "jxl", "ico", "woff", "woff2", "ttf", "otf", "mp4",
                    "webm", "mp3", "ogg", "glb");

    /**
     * What bundlers append: eight or more hexadecimal digits, of both kinds, so that neither a date
     * nor a number nor a word is one.
     */
    private static final Pattern CONTENT_HASH =
            Pattern.compile(
                    ".*[.-](?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,64}(\\.(min|chunk|bundle))?\\.\\w+");

    private static final Pattern UUID =
            Pattern.compile(".*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.\\w+");

    private SiteFileReader() {}

    static SiteFile inMemory(String name, byte[] bytes, long lastModified) {
        String type = MediaTypes.of(name);
        String etag = etag(bytes);
        String coding = coding(name);
        boolean isCompressible = MediaTypes.isCompressible(type) && coding == null;
        return new SiteFile(
                MediaTypes.contentType(type),
                cacheControl(name),
                modified(lastModified),
                new MemoryRepresentation("\"" + etag + "\"", coding, bytes),
                isCompressible ? Compression.brotli(etag, bytes) : null,
                isCompressible ? Compression.gzip(etag, bytes) : null);
    }

    static SiteFile onDisk(String name, Path path, long length, long lastModified) {
        String etag = "\"" + Long.toHexString(lastModified) + "-" + Long.toHexString(length) + "\"";
        return new SiteFile(
                MediaTypes.contentType(MediaTypes.of(name)),
                cacheControl(name),
                modified(lastModified),
                new DiskRepresentation(etag, coding(name), path, length),
                null,
                null);
    }

    private static HttpDate modified(long millis) {
        return HttpDate.lastModified(Instant.ofEpochMilli(millis), Instant.now());
    }

    /** The coding that a file of that name is in already. */
    private static @Nullable String coding(String name) {
        return MediaTypes.extension(name).equals("svgz") ? Compression.GZIP : null;
    }

    /** A content hash in the name means that the file never changes (RFC 8246). */
    static String cacheControl(String name) {
        return ASSETS.contains(MediaTypes.extension(name))
                        && CONTENT_HASH.matcher(name).matches()
                        && !UUID.matcher(name).matches()
                ? NEVER_CHANGES
                : ALWAYS_ASK;
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java platform has SHA-256
        }
    }
}
