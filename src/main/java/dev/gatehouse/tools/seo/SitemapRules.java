package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.SITEMAP;

import dev.gatehouse.tools.html.PlainHttp;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.seo.SiteFacts.SitemapEntry;
import dev.gatehouse.tools.seo.SiteFacts.SitemapFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The site's sitemaps, and what they say of a page. */
final class SitemapRules {

    private static final String GOOGLE =
            "https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap";

    private static final String PROTOCOL = "https://www.sitemaps.org/protocol.html";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofResponse(
                            "sitemap-unreadable",
                            SITEMAP,
                            0.5,
                            "The sitemaps can be read",
                            "Correct the sitemap, or the line of robots.txt that names it.",
                            PROTOCOL,
                            SitemapRules::readable),
                    Rule.ofResponse(
                            "sitemap-lists-page",
                            SITEMAP,
                            0.5,
                            "A sitemap lists the page",
                            "List the canonical URLs of all pages that are meant for search, and"
                                    + " no others.",
                            GOOGLE,
                            SitemapRules::listsPage),
                    Rule.ofResponse(
                            "sitemap-lastmod",
                            SITEMAP,
                            0.25,
                            "The sitemap's lastmod is true",
                            "Set lastmod to the time of the last real change; Google ignores it"
                                    + " where it proves wrong.",
                            GOOGLE,
                            SitemapRules::lastModified),
                    Rule.ofResponse(
                            PlainHttp.SITEMAP.id(),
                            SITEMAP,
                            0.25,
                            "Sitemaps list https:// URLs",
                            "Write https:// in these entries.",
                            GOOGLE,
                            SitemapRules::entriesOverHttps),
                    Rule.ofResponse(
                            PlainHttp.ROBOTS.id(),
                            SITEMAP,
                            0.25,
                            "robots.txt names the sitemaps with https://",
                            "Write https:// in these lines.",
                            GOOGLE,
                            SitemapRules::namedOverHttps));

    /** Clocks and time zones differ. */
    private static final Duration TOLERANCE = Duration.ofDays(2);

    private static final Pattern MODIFIED =
            Pattern.compile("\"dateModified\"\\s*+:\\s*+\"([^\"]{8,40}+)\"");

    private SitemapRules() {}

    private static Result readable(PageFacts page) {
        List<SitemapFile> files = page.site().sitemaps().files();
        if (files.isEmpty()) {
            return Result.notApplicable("The site has no sitemap.");
        }
        return Result.failIfAny(
                files.stream()
                        .filter(file -> !file.problem().isEmpty())
                        .map(file -> Evidence.inSitemap(null, file.url(), file.problem()))
                        .toList(),
                "A sitemap cannot be read.",
                "");
    }

    private static Optional<SitemapEntry> entry(PageFacts page) {
        String canonical =
                CanonicalRules.url(page).map(HttpUrl::toString).orElse(page.url().toString());
        return Stream.of(canonical, page.url().toString())
                .map(url -> page.site().sitemaps().entries().get(url))
                .filter(entry -> entry != null)
                .findFirst();
    }

    private static Result listsPage(PageFacts page) {
        if (page.site().sitemaps().entries().isEmpty()) {
            return Result.notApplicable("The site has no sitemap that can be read.");
        }
        Optional<SitemapEntry> entry = entry(page);
        boolean meant =
                page.response().status() < 400
                        && Audience.ALL
                                .getFirst()
                                .treatment(page, RobotsDirectives.of(page))
                                .isWelcome();
        if (!meant) {
            return entry.isEmpty()
                    ? Result.notApplicable("The page is not meant for search.")
                    : Result.fail(
                            "The sitemap lists a page that may not be indexed.",
                            Evidence.inSitemap(null, entry.get().url(), ""));
        }
        if (entry.isEmpty() && !page.site().sitemaps().areRead()) {
            return Result.notApplicable("Not all of the sitemaps was read.");
        }
        return entry.isPresent()
                ? Result.pass("")
                : Result.fail(
                        "None of "
                                + page.site().sitemaps().entries().size()
                                + " entries is this page.");
    }

    private static Result lastModified(PageFacts page) {
        Optional<SitemapEntry> entry = entry(page);
        Instant listed = entry.map(SitemapEntry::lastModified).orElse(null);
        if (entry.isEmpty() || listed == null) {
            return Result.notApplicable("The sitemap has no lastmod for the page.");
        }
        Evidence evidence = Evidence.inSitemap(null, "<lastmod>" + listed + "</lastmod>", "");
        if (listed.isAfter(page.site().now().plus(TOLERANCE))) {
            return Result.fail("It is in the future.", evidence);
        }
        Optional<Instant> own = modified(page);
        boolean contradicts =
                own.isPresent()
                        && Duration.between(own.get(), listed).abs().compareTo(TOLERANCE) > 0;
        return contradicts
                ? Result.fail("The page says that it changed on " + own.get() + ".", evidence)
                : Result.pass("", List.of(evidence));
    }

    /** When the page itself says that it changed. */
    private static Optional<Instant> modified(PageFacts page) {
        Matcher structured = MODIFIED.matcher(page.html().source());
        return Stream.of(
                        structured.find() ? structured.group(1) : "",
                        page.html().property("article:modified_time").orElse(""),
                        page.html().property("og:updated_time").orElse(""))
                .filter(text -> !text.isEmpty())
                .flatMap(text -> RobotsDirectives.date(text).stream())
                .findFirst();
    }

    private static Result entriesOverHttps(PageFacts page) {
        if (page.site().sitemaps().entries().isEmpty() || page.url().scheme() != Scheme.HTTPS) {
            return Result.notApplicable("The site has no sitemap that can be read, or no HTTPS.");
        }
        List<Evidence> insecure =
                page.site().sitemaps().entries().values().stream()
                        .map(SitemapEntry::url)
                        .filter(SitemapRules::isPlainHttp)
                        .sorted()
                        .map(url -> Evidence.inSitemap(null, url, ""))
                        .toList();
        return Result.failIfAny(insecure, insecure.size() + " entries say http://.", "");
    }

    private static Result namedOverHttps(PageFacts page) {
        List<RobotsFile.Line> lines = page.site().robots().file().sitemaps();
        if (lines.isEmpty() || page.url().scheme() != Scheme.HTTPS) {
            return Result.notApplicable("robots.txt names no sitemap, or the site has no HTTPS.");
        }
        List<Evidence> insecure =
                lines.stream()
                        .filter(line -> isPlainHttp(line.value()))
                        .map(line -> Evidence.inRobots(line.number(), line.text(), ""))
                        .toList();
        return Result.failIfAny(insecure, insecure.size() + " lines say http://.", "");
    }

    private static boolean isPlainHttp(String url) {
        return url.regionMatches(true, 0, "http:", 0, 5);
    }
}
