package dev.gatehouse.site;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.web.server.MimeMappings;

/** Makes of a file's name and bytes all that its answers need. */
final class SiteFileReader {

    private static final String ALWAYS_ASK = "no-cache";
    private static final String NEVER_CHANGES = "public, max-age=31536000, immutable";
    private static final Pattern FINGERPRINTED = Pattern.compile(".*[.-][0-9a-f]{8,}\\.[^/.]+");
    private static final Set<String> TEXT =
            Set.of(
                    "application/json",
                    "application/javascript",
                    "application/manifest+json",
                    "application/xml",
                    "application/xhtml+xml",
                    "image/svg+xml");

    private SiteFileReader() {}

    static SiteFile inMemory(String name, byte[] bytes, long lastModified) {
        String type = type(name);
        String etag = etag(bytes);
        return new SiteFile(
                isText(type) ? type + ";charset=utf-8" : type,
                cacheControl(name),
                Modified.at(lastModified),
                new MemoryContent("\"" + etag + "\"", bytes),
                isText(type) ? Compression.of(etag, bytes) : List.of());
    }

    static SiteFile onDisk(String name, Path path, long length, long lastModified) {
        String type = type(name);
        String etag = "\"%x-%x\"".formatted(lastModified, length);
        return new SiteFile(
                isText(type) ? type + ";charset=utf-8" : type,
                cacheControl(name),
                Modified.at(lastModified),
                new DiskContent(etag, path, length),
                List.of());
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = MimeMappings.DEFAULT.get(extension);
        return type == null ? "application/octet-stream" : type;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || TEXT.contains(type);
    }

    private static String cacheControl(String name) {
        return FINGERPRINTED.matcher(name).matches() ? NEVER_CHANGES : ALWAYS_ASK;
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
