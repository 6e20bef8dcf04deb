package dev.gatehouse.site;

import dev.gatehouse.site.SiteProperties.HeaderRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Prepares, from a file's name and bytes, all that its answers need. */
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

    /**
     * Files on disk up to this size in total have a content hash as ETag; reading more takes long.
     */
    private static final long MAX_HASHED = 1 << 30;

    private static final int BUFFER = 64 * 1024;

    private final List<Rule> rules;
    private long hashed;

    SiteFileReader(List<HeaderRule> rules) {
        this.rules = rules.stream().map(Rule::of).toList();
    }

    private record Rule(PathPattern pattern, Map<String, String> headers) {

        static Rule of(HeaderRule rule) {
            return new Rule(PathPatternParser.defaultInstance.parse(rule.path()), rule.byName());
        }
    }

    /** Reads a file; one that is not kept in memory is read for its hash alone. */
    SiteFile read(SiteSource.Found found, boolean inMemory) throws IOException {
        return inMemory || found.path() == null
                ? inMemory(found.name(), found.read(), found.stamp())
                : onDisk(found.name(), found.path(), found.stamp());
    }

    SiteFile inMemory(String name, byte[] bytes, FileStamp stamp) {
        String type = MediaTypes.of(name);
        String etag = hex(sha256().digest(bytes));
        String coding = coding(name);
        boolean isCompressible = MediaTypes.isCompressible(type) && coding == null;
        Map<String, String> headers = headers(name);
        return new SiteFile(
                headers.getOrDefault("Content-Type", MediaTypes.contentType(type)),
                headers.getOrDefault("Cache-Control", cacheControl(name)),
                others(headers),
                modified(stamp),
                new MemoryRepresentation("\"" + etag + "\"", coding, bytes),
                isCompressible ? Compression.brotli(etag, bytes) : null,
                isCompressible ? Compression.gzip(etag, bytes) : null);
    }

    private SiteFile onDisk(String name, Path path, FileStamp stamp) throws IOException {
        boolean isHashed = hashed + stamp.length() <= MAX_HASHED;
        hashed += isHashed ? stamp.length() : 0;
        String etag = isHashed ? hash(path) : etag(stamp);
        Map<String, String> headers = headers(name);
        return new SiteFile(
                headers.getOrDefault("Content-Type", MediaTypes.contentType(MediaTypes.of(name))),
                headers.getOrDefault("Cache-Control", cacheControl(name)),
                others(headers),
                modified(stamp),
                new FileRepresentation("\"" + etag + "\"", coding(name), path, stamp),
                null,
                null);
    }

    /** The configured headers of a file; names that differ in case alone are the same. */
    private Map<String, String> headers(String name) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        PathContainer path =
                PathContainer.parsePath(UriUtils.encodePath("/" + name, StandardCharsets.UTF_8));
        for (Rule rule : rules) {
            if (rule.pattern.matches(path)) {
                headers.putAll(rule.headers);
            }
        }
        return headers;
    }

    private static List<SiteFile.Header> others(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("Content-Type"))
                .filter(header -> !header.getKey().equalsIgnoreCase("Cache-Control"))
                .map(header -> new SiteFile.Header(header.getKey(), header.getValue()))
                .toList();
    }

    /**
     * The file as it is on disk now: the same, unless it was changed and the site was not read
     * since. Null where it is gone.
     */
    static @Nullable SiteFile current(SiteFile file) {
        if (!(file.identity() instanceof FileRepresentation known)) {
            return file;
        }
        try {
            FileStamp stamp = FileStamp.of(known.path());
            return stamp.equals(known.stamp())
                    ? file
                    : new SiteFile(
                            file.contentType(),
                            file.cacheControl(),
                            file.headers(),
                            modified(stamp),
                            new FileRepresentation(
                                    "\"" + etag(stamp) + "\"", known.coding(), known.path(), stamp),
                            null,
                            null);
        } catch (IOException _) {
            return null;
        }
    }

    private static HttpDate modified(FileStamp stamp) {
        return HttpDate.lastModified(stamp.modified().toInstant(), Instant.now());
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

    /** An ETag that differs for each state of a file, without reading it. */
    private static String etag(FileStamp stamp) {
        return "s" + hex(sha256().digest(stamp.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(Path path) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest, 0, 12);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java platform has SHA-256
        }
    }
}
