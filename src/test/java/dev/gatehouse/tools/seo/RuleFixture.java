package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.seo.AuditedResponse.Header;
import dev.gatehouse.tools.seo.AuditedResponse.Redirect;
import dev.gatehouse.tools.seo.SiteFacts.Robots;
import dev.gatehouse.tools.seo.SiteFacts.SitemapEntry;
import dev.gatehouse.tools.seo.SiteFacts.SitemapFile;
import dev.gatehouse.tools.seo.SiteFacts.Sitemaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A page that a rule judges, from the files in {@code src/test/resources/seo/rules}.
 *
 * @param at line and column of the first evidence, or empty where it does not matter
 */
record RuleFixture(String name, String rule, String outcome, String at, PageFacts page) {

    static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static final Path FILES = Path.of("src/test/resources/seo/rules");

    static List<RuleFixture> all() throws IOException {
        List<RuleFixture> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.sorted().toList()) {
                String[] parts = ("\n" + Files.readString(file)).split("\n=== ", -1);
                for (int i = 1; i < parts.length; i++) {
                    all.add(of(file.getFileName() + " " + i, parts[i]));
                }
            }
        }
        return all;
    }

    private static RuleFixture of(String number, String text) {
        String[] lines = text.split("\n", -1);
        String[] heading = lines[0].split(" ", -1);
        Facts facts = new Facts();
        StringBuilder html = new StringBuilder();
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith("@")) {
                String[] directive = lines[i].substring(1).split(" ", 2);
                facts.read(directive[0], directive.length > 1 ? directive[1] : "");
            } else {
                html.append(lines[i]).append('\n');
            }
        }
        return new RuleFixture(
                number + ": " + lines[0],
                heading[0],
                heading[1],
                facts.at,
                facts.page(html.toString()));
    }

    /** A page of that HTML on a site without robots.txt and sitemap. */
    static PageFacts page(String html) {
        Facts facts = new Facts();
        facts.whole = html;
        return facts.page("");
    }

    /** A page in that response on a site without robots.txt and sitemap. */
    static PageFacts page(byte[] body, String contentType) {
        HttpUrl url = url("https://example.com/page");
        return new PageFacts(
                new AuditedResponse(
                        url,
                        200,
                        List.of(new Header("Content-Type", contentType)),
                        List.of(),
                        body.length,
                        body.length,
                        false),
                ParsedPage.parse(url, body, contentType),
                new SiteFacts(Robots.of(404, null, ""), Sitemaps.NONE, NOW),
                Map.of());
    }

    static HttpUrl url(String text) {
        return ((HttpUrl.Http) HttpUrl.parse(text)).url();
    }

    private static final class Facts {

        private String at = "";
        private String url = "https://example.com/page";
        private int status = 200;
        private final List<Header> headers = new ArrayList<>();
        private final List<Redirect> redirects = new ArrayList<>();
        private final List<String> robots = new ArrayList<>();
        private int robotsStatus = 404;
        private long size = -1;
        private boolean truncated;
        private String whole = "";
        private final List<SitemapFile> sitemaps = new ArrayList<>();
        private final Map<String, SitemapEntry> entries = new HashMap<>();
        private final Map<String, LinkedResource> linked = new HashMap<>();

        void read(String name, String value) {
            String[] words = value.split(" ", -1);
            switch (name) {
                case "at" -> at = value;
                case "url" -> url = value;
                case "status" -> status = Integer.parseInt(value);
                case "header" -> {
                    String[] field = value.split(": ", 2);
                    headers.add(new Header(field[0], field[1]));
                }
                case "robots" -> {
                    robots.add(value);
                    robotsStatus = 200;
                }
                case "robots-status" -> robotsStatus = Integer.parseInt(value);
                case "redirect" ->
                        redirects.add(new Redirect(url(words[1]), Integer.parseInt(words[0])));
                case "size" -> size = Long.parseLong(value);
                case "truncated" -> truncated = true;
                case "page" -> whole = value;
                case "sitemap" -> {
                    sitemaps.add(new SitemapFile("https://example.com/sitemap.xml", 1, ""));
                    entries.put(
                            words[0],
                            new SitemapEntry(
                                    words[0],
                                    words.length > 1
                                            ? RobotsDirectives.date(words[1]).orElseThrow()
                                            : null,
                                    "https://example.com/sitemap.xml"));
                }
                case "sitemap-problem" ->
                        sitemaps.add(new SitemapFile("https://example.com/sitemap.xml", 0, value));
                case "linked" -> linked.put(words[0], linked(words));
                default -> throw new IllegalArgumentException(name);
            }
        }

        private static LinkedResource linked(String[] words) {
            List<String> rest = List.of(words).subList(2, words.length);
            String size =
                    rest.stream().filter(w -> w.matches("\\d+x\\d+")).findFirst().orElse("0x0");
            return new LinkedResource(
                    words[0],
                    Integer.parseInt(words[1]),
                    rest.contains("redirects") ? 1 : 0,
                    words[0],
                    rest.stream().filter(w -> w.contains("/")).findFirst().orElse("text/html"),
                    1000,
                    Integer.parseInt(size.split("x", -1)[0]),
                    Integer.parseInt(size.split("x", -1)[1]),
                    null,
                    !rest.contains("noindex"));
        }

        PageFacts page(String html) {
            String[] parts = ("\n" + html).split("\n---\n", -1);
            String text =
                    !whole.isEmpty()
                            ? whole
                            : "<!doctype html>\n"
                                    + "<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                                    + "<title>A page for tests</title>\n"
                                    + parts[0].strip()
                                    + "\n</head><body>\n"
                                    + parts[1].strip()
                                    + "\n</body></html>";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            if (headers.stream().noneMatch(h -> h.name().equals("Content-Type"))) {
                headers.add(new Header("Content-Type", "text/html"));
            }
            AuditedResponse response =
                    new AuditedResponse(
                            url(url),
                            status,
                            headers,
                            redirects,
                            body.length,
                            size < 0 ? body.length : size,
                            truncated);
            return new PageFacts(
                    response,
                    ParsedPage.parse(
                            response.url(), body, response.header("Content-Type").orElse("")),
                    new SiteFacts(
                            Robots.of(
                                    robotsStatus,
                                    robots.isEmpty() ? null : String.join("\n", robots),
                                    robotsStatus == 0 ? "timed out" : ""),
                            new Sitemaps(sitemaps, entries),
                            NOW),
                    linked);
        }
    }
}
