package dev.gatehouse.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The built-in site, without the lines of its pages that link to what is off. Each of its links to
 * a feature stands on a line of its own.
 */
final class BuiltInSite implements SiteSource {

    static final String ROOT = "classpath:/site/";

    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]*)\"");

    private final SiteSource files = new ClasspathSource(ROOT);
    private final Predicate<String> isOff;

    /**
     * @param isOff whether nothing is served at that path
     */
    BuiltInSite(Predicate<String> isOff) {
        this.isOff = isOff;
    }

    @Override
    public List<Found> list() throws IOException {
        return files.list().stream().map(this::withoutDeadLinks).toList();
    }

    private Found withoutDeadLinks(Found found) {
        return found.name().endsWith(".html")
                ? new Found(
                        found.name(),
                        found.stamp(),
                        found.path(),
                        () -> withoutDeadLinks(found.read()))
                : found;
    }

    private byte[] withoutDeadLinks(byte[] page) {
        return new String(page, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> LINK.matcher(line).results().noneMatch(l -> isOff.test(l.group(1))))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
