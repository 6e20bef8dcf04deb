package dev.gatehouse.site;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * All of a site at one moment. A path is looked up and never resolved, so no path leads out of it.
 *
 * @param entries by decoded path, a folder's under its name with and without the slash
 * @param files the same files by path, with what tells whether they have changed
 * @param wildcards redirects of all paths with a common beginning, in their order
 */
record Site(Map<String, SiteEntry> entries, Map<String, ReadFile> files, List<Wildcard> wildcards) {

    static final Site EMPTY = new Site(Map.of(), Map.of(), List.of());

    /** Stands in a redirect's target for the rest of the path. */
    static final String SPLAT = ":splat";

    private static final Pattern LEADING_SLASHES = Pattern.compile("^[/\\\\]+");

    Site {
        entries = Map.copyOf(entries);
        files = Map.copyOf(files);
        wildcards = List.copyOf(wildcards);
    }

    /**
     * A redirect of all paths with a common beginning.
     *
     * @param prefix decoded
     * @param location with {@link #SPLAT} for the rest of the path
     */
    record Wildcard(String prefix, String location, int status) {}

    /** A file as it was read. */
    record ReadFile(FileStamp stamp, SiteFile file) {}

    /** What a path leads to, as it came in a request, or null where nothing is. */
    @Nullable SiteEntry find(String path) {
        SiteEntry entry = path.indexOf('%') >= 0 ? findDecoded(path) : entries.get(path);
        return entry == null && !wildcards.isEmpty() ? findRedirect(path) : entry;
    }

    private @Nullable SiteEntry findDecoded(String path) {
        try {
            return entries.get(UriUtils.decode(path, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return null; // no valid encoding names no file
        }
    }

    private @Nullable SiteEntry findRedirect(String path) {
        for (Wildcard wildcard : wildcards) {
            int end = endOfPrefix(path, wildcard.prefix());
            if (end >= 0) {
                String location = wildcard.location().replace(SPLAT, path.substring(end));
                return new SiteEntry.Redirect(onSameHost(location), wildcard.status());
            }
        }
        return null;
    }

    /**
     * Where a decoded prefix ends in a path as it came in a request, or -1 if that begins
     * otherwise.
     */
    private static int endOfPrefix(String path, String prefix) {
        if (path.startsWith(prefix)) {
            return prefix.length();
        }
        if (path.indexOf('%') < 0) {
            return -1;
        }
        int end = 0;
        for (byte expected : prefix.getBytes(StandardCharsets.UTF_8)) {
            boolean isEncoded = end < path.length() && path.charAt(end) == '%';
            int value = isEncoded ? encodedByte(path, end + 1) : characterAt(path, end);
            if (value != (expected & 0xff)) {
                return -1;
            }
            end += isEncoded ? 3 : 1;
        }
        return end;
    }

    private static int characterAt(String path, int index) {
        return index < path.length() ? path.charAt(index) : -1;
    }

    private static int encodedByte(String path, int start) {
        return start + 2 <= path.length()
                        && HexFormat.isHexDigit(path.charAt(start))
                        && HexFormat.isHexDigit(path.charAt(start + 1))
                ? HexFormat.fromHexDigits(path, start, start + 2)
                : -1;
    }

    /** A path with two slashes in front would name another host. */
    private static String onSameHost(String location) {
        return LEADING_SLASHES.matcher(location).replaceFirst("/");
    }
}
