package dev.gatehouse.site;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.config.PropertyChecks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The site that is served.
 *
 * @param root folder of the site's files: {@code classpath:/site/}, the built-in one, or one on
 *     disk, such as {@code file:/srv/site/}
 * @param maxFileInMemory largest size of a file that is kept in memory; a larger one is read from
 *     disk for each request
 * @param maxInMemory largest size of all files in memory together; by default 64MB, or a seventh of
 *     the heap where that is less
 * @param watchInterval time between two comparisons of the folder with the files that are served; a
 *     change is served when two comparisons in a row have seen it
 * @param contentSecurityPolicy Content-Security-Policy of every page; by default a strict one for
 *     the built-in site, and none for another, which it might break
 * @param cleanUrls whether {@code /about} serves {@code about.html}
 * @param fallback file that browsers get, with status 200, in place of a page that does not exist,
 *     such as {@code /index.html} of a single-page application
 * @param headers headers of files, by path; a later entry wins over an earlier one
 * @param redirects paths that lead elsewhere, where no file has that path
 */
@ConfigurationProperties("gatehouse.site")
record SiteProperties(
        @DefaultValue("classpath:/site/") String root,
        @DefaultValue("1MB") DataSize maxFileInMemory,
        @Nullable DataSize maxInMemory,
        @DefaultValue("500ms") Duration watchInterval,
        @Nullable String contentSecurityPolicy,
        @DefaultValue("false") boolean cleanUrls,
        @Nullable String fallback,
        @DefaultValue List<HeaderRule> headers,
        @DefaultValue List<RedirectRule> redirects) {

    private static final String FILE = "file:";
    private static final String CLASSPATH = "classpath:";

    private static final DataSize DEFAULT_MAXIMUM = DataSize.ofMegabytes(64);

    /** While a changed site is read, the old one is served: the heap has to hold both. */
    private static final int HEAP_DIVISOR = 7;

    private static final int SMALLEST_HEAP_DIVISOR = 5;

    /**
     * Headers of the files whose path matches.
     *
     * @param path pattern of paths below the root, such as {@code /assets/**}
     * @param set headers, each as {@code Name: value}
     */
    record HeaderRule(@DefaultValue("") String path, @DefaultValue List<String> set) {

        private static final Pattern HEADER =
                Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: *[\\x21-\\x7e][\\x20-\\x7e]*");

        /** What the server itself says of each answer. */
        private static final Set<String> OWNED =
                Set.of(
                        "accept-ranges",
                        "connection",
                        "content-encoding",
                        "content-length",
                        "content-range",
                        "date",
                        "etag",
                        "last-modified",
                        "transfer-encoding",
                        "vary");

        /** Values by name. */
        Map<String, String> byName() {
            Map<String, String> headers = new LinkedHashMap<>();
            for (String header : set) {
                int colon = header.indexOf(':');
                headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
            }
            return headers;
        }

        private void validate(String property) {
            if (!path.startsWith("/")) {
                throw invalidRule(property + ".path", path, "does not begin with a slash");
            }
            try {
                PathPatternParser.defaultInstance.parse(path);
            } catch (PatternParseException ex) {
                throw invalidRule(property + ".path", path, "is no pattern: " + ex.getMessage());
            }
            for (String header : set) {
                if (!HEADER.matcher(header).matches()) {
                    throw invalidRule(property + ".set", header, "is no header in ASCII");
                }
            }
            for (String name : byName().keySet()) {
                if (OWNED.contains(name.toLowerCase(Locale.ROOT))) {
                    throw invalidRule(property + ".set", name, "is a header that the server sets");
                }
            }
        }
    }

    /**
     * A path that leads elsewhere.
     *
     * @param from path, or the beginning of paths with a star at the end: {@code /blog/*}; as it is
     *     or percent-encoded
     * @param to path or URL; {@code :splat} stands for what the star matched
     * @param status of the answer: 301, 302, 303, 307 or 308
     */
    record RedirectRule(
            @DefaultValue("") String from,
            @DefaultValue("") String to,
            @DefaultValue("301") int status) {

        private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);
        private static final Pattern TARGET =
                Pattern.compile(
                        "(https?://[\\x21-\\x7e&&[^/?#:@]]+(:[0-9]+)?)?"
                                + "/(?![/\\\\])[^\\x00-\\x20\\x7f-\\x9f\\p{Cs}]*");

        boolean isWildcard() {
            return from.endsWith("*");
        }

        /** The decoded path, or with a star the decoded beginning of paths. */
        String path() {
            return UriUtils.decode(
                    isWildcard() ? from.substring(0, from.length() - 1) : from,
                    StandardCharsets.UTF_8);
        }

        /** Where it leads to, in ASCII, as a header has to be. */
        String location() {
            StringBuilder location = new StringBuilder();
            to.codePoints().forEach(c -> append(c, location));
            return location.toString();
        }

        private static void append(int codePoint, StringBuilder target) {
            String text = Character.toString(codePoint);
            target.append(codePoint < 0x80 ? text : UriUtils.encode(text, StandardCharsets.UTF_8));
        }

        private void validate(String property) {
            int star = from.indexOf('*');
            if (!from.startsWith("/") || (star >= 0 && star < from.length() - 1)) {
                throw invalidRule(property + ".from", from, "is no path");
            }
            if (star >= 0 && !from.endsWith("/*")) {
                throw invalidRule(property + ".from", from, "has a star that follows no slash");
            }
            if (from.indexOf('?') >= 0 || from.indexOf('#') >= 0) {
                throw invalidRule(
                        property + ".from",
                        from,
                        "has a query or a fragment, and paths alone are compared: write %3F or %23"
                                + " for the character");
            }
            validateEncoding(property + ".from");
            if (!TARGET.matcher(to).matches()) {
                throw invalidRule(
                        property + ".to",
                        to,
                        "is neither a path nor an http: or https: URL with one and a host in ASCII");
            }
            if (!isWildcard() && to.contains(Site.SPLAT)) {
                throw invalidRule(
                        property + ".to", to, "has a :splat, but " + from + " has no star");
            }
            if (!STATUS.contains(status)) {
                throw invalidRule(property + ".status", status, "is no redirect");
            }
        }

        private void validateEncoding(String property) {
            try {
                path();
            } catch (IllegalArgumentException _) {
                throw invalidRule(
                        property,
                        from,
                        "has a percent sign that encodes nothing: write %25 for it");
            }
        }
    }

    SiteProperties {
        root = root.endsWith("/") ? root : root + "/";
        if (root.startsWith(FILE)) {
            checkFolder(root);
        } else if (!root.startsWith(CLASSPATH)) {
            throw invalid(root, "is neither a file: nor a classpath: location");
        } else if (SiteProperties.class.getResource(root.substring(CLASSPATH.length())) == null) {
            throw invalid(root, "is not in the application");
        }
        new PropertyChecks("gatehouse.site").positive("watch-interval", watchInterval, "500ms");
        checkMaxInMemory(maxInMemory, Runtime.getRuntime().maxMemory());
        if (fallback != null && !fallback.startsWith("/")) {
            throw invalidRule("gatehouse.site.fallback", fallback, "does not begin with a slash");
        }
        for (int i = 0; i < headers.size(); i++) {
            headers.get(i).validate("gatehouse.site.headers[" + i + "]");
        }
        for (int i = 0; i < redirects.size(); i++) {
            redirects.get(i).validate("gatehouse.site.redirects[" + i + "]");
        }
    }

    private static InvalidPropertyException invalidRule(
            String property, Object value, String problem) {
        return new InvalidPropertyException(
                property, value, problem, "docs/site.md has the form and examples.");
    }

    /** The largest number of bytes of the site in memory. */
    long bytesInMemory() {
        return maxInMemory == null
                ? bytesInMemory(Runtime.getRuntime().maxMemory())
                : maxInMemory.toBytes();
    }

    /** The default for a heap of that many bytes. */
    static long bytesInMemory(long heap) {
        return Math.min(DEFAULT_MAXIMUM.toBytes(), heap / HEAP_DIVISOR);
    }

    /** The folder on disk, or null for a site in the application. */
    @Nullable Path folder() {
        return root.startsWith(FILE) ? folder(root) : null;
    }

    private static Path folder(String root) {
        return FileNames.path(root.substring(FILE.length()).replaceFirst("^/{2,}", "/"));
    }

    private static void checkFolder(String root) {
        Path folder;
        try {
            folder = folder(root);
        } catch (InvalidPathException ex) {
            throw invalid(root, "is not a path (" + ex.getReason() + ")");
        }
        if (!Files.isDirectory(folder)) {
            throw invalid(root, "is not a folder: " + folder.toAbsolutePath());
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw invalid(root, "cannot be read by user '" + System.getProperty("user.name") + "'");
        }
    }

    InvalidPropertyException invalidRoot(String problem) {
        return invalid(root, problem);
    }

    private static InvalidPropertyException invalid(String root, String problem) {
        return new InvalidPropertyException(
                "gatehouse.site.root",
                root,
                problem,
                "Set it to a folder with files that can be read, such as file:/srv/site/, or leave"
                        + " it out for the built-in site.");
    }

    private static void checkMaxInMemory(@Nullable DataSize maximum, long heap) {
        if (maximum != null && maximum.toBytes() > heap / SMALLEST_HEAP_DIVISOR) {
            throw new InvalidPropertyException(
                    "gatehouse.site.max-in-memory",
                    maximum,
                    "is more than a fifth of the heap, which is "
                            + DataSize.ofBytes(heap).toMegabytes()
                            + "MB",
                    "Set it to less, leave it out, or give the process more memory: what is not"
                            + " kept is read from disk.");
        }
    }
}
