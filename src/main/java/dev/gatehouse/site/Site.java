package dev.gatehouse.site;

import dev.gatehouse.site.SiteProperties.RedirectRule;
import java.nio.charset.StandardCharsets;
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
record Site(
        Map<String, SiteEntry> entries, Map<String, ReadFile> files, List<RedirectRule> wildcards) {

    static final Site EMPTY = new Site(Map.of(), Map.of(), List.of());

    /** Stands in a redirect's target for the rest of the path. */
    static final String SPLAT = ":splat";

    private static final Pattern LEADING_SLASHES = Pattern.compile("^[/\\\\]+");

    Site {
        entries = Map.copyOf(entries);
        files = Map.copyOf(files);
        wildcards = List.copyOf(wildcards);
    }

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
        for (RedirectRule rule : wildcards) {
            String prefix = rule.from().substring(0, rule.from().length() - 1);
            if (path.startsWith(prefix)) {
                String location = rule.to().replace(SPLAT, path.substring(prefix.length()));
                return new SiteEntry.Redirect(onSameHost(location), rule.status());
            }
        }
        return null;
    }

    /** A path with two slashes in front would name another host. */
    private static String onSameHost(String location) {
        return LEADING_SLASHES.matcher(location).replaceFirst("/");
    }
}
