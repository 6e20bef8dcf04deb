package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.crawl.Crawl;
import dev.gatehouse.tools.crawl.CrawlEnd;
import dev.gatehouse.tools.crawl.FetchPurpose;
import dev.gatehouse.tools.crawl.PageMemory;
import dev.gatehouse.tools.crawl.SitemapFile;
import dev.gatehouse.tools.crawl.Visit;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.outbound.CrawlClient;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import dev.gatehouse.tools.outbound.ResponseBody;
import dev.gatehouse.tools.seo.AuditedResponse.Header;
import dev.gatehouse.tools.seo.AuditedResponse.Redirect;
import dev.gatehouse.tools.seo.SeoReport.FindingRow;
import dev.gatehouse.tools.seo.SeoReport.PageRow;
import dev.gatehouse.tools.seo.SiteFacts.SitemapEntry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32C;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * One audit: fetches the first page with robots.txt and the sitemaps, judges it, and goes on to the
 * site's other pages where it is asked to. Of a page that was judged only what the rules over the
 * site need is kept.
 */
final class SeoAudit {

    private static final int MOST_REDIRECTS = 10;
    private static final int MOST_LINKS = 2000;
    private static final int MOST_RESOURCES = 200;
    private static final int MOST_TEXT = 1000;
    private static final int IMAGE_BYTES = 64 * 1024;

    /** Its head is needed, and it is parsed beside the page. */
    private static final int CANONICAL_BYTES = 128 * 1024;

    private static final int HARDLY_ANY_TEXT = 200;

    private final SeoRequest request;
    private final Crawl crawl;
    private final JobContext context;
    private final int pageBytes;
    private final Clock clock;

    private final SequencedMap<String, VisitedPage> visited = new LinkedHashMap<>();
    private final Map<String, Integer> summary = new LinkedHashMap<>();
    private final ConcurrentMap<String, LinkedResource> resources = new ConcurrentHashMap<>();
    private int pages;
    private int begun;
    private boolean full;

    SeoAudit(SeoRequest request, Crawl crawl, JobContext context, int pageBytes, Clock clock) {
        this.request = request;
        this.crawl = crawl;
        this.context = context;
        this.pageBytes = pageBytes;
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            summary.put(outcome.tag(), 0);
        }
    }

    /** How it ended. */
    sealed interface End {}

    /** With a report. */
    record Reported(SeoReport report, boolean complete) implements End {}

    /** The first page did not answer. */
    record Unreachable(FetchResult result) implements End {}

    /** A result of a page that is still needed after it was judged. */
    private record Judged(
            HttpUrl url,
            VisitedPage visited,
            List<Audience.Treatment> audiences,
            SeoReport.Preview preview) {}

    End run(HttpUrl start) throws InterruptedException {
        context.progress(new JobProgress(0, request.pages(), "pages", "Fetching " + start));
        List<Redirect> redirects = new ArrayList<>();
        FetchResult result = follow(start, pageBytes, redirects);
        if (!(result instanceof FetchResult.Fetched(_, PageResponse response))) {
            return new Unreachable(result);
        }
        SiteFacts site = facts(response.url());
        for (Redirect redirect : redirects) {
            remember(
                    VisitedPage.other(
                            key(redirect.from()), redirect.status(), key(response.url())));
        }
        Judged first = judge(response, redirects, site);
        boolean complete = !full;
        List<Finding> overSite = List.of();
        VisitedSite whole = new VisitedSite(key(response.url()), visited, site, complete);
        if (request.isSite()) {
            complete = crawl(first, site) && !full;
            whole = new VisitedSite(key(response.url()), visited, site, complete);
            overSite = SiteRules.judge(whole);
            overSite.forEach(finding -> row("", -1, finding));
        }
        return new Reported(report(first, whole, overSite), complete);
    }

    private SeoReport report(Judged first, VisitedSite whole, List<Finding> overSite) {
        List<VisitedPage> judged = whole.htmlPages();
        List<Integer> scores =
                judged.isEmpty()
                        ? List.of(first.visited().score())
                        : judged.stream().map(VisitedPage::score).toList();
        double lighthouse =
                judged.stream()
                        .mapToInt(VisitedPage::lighthouseScore)
                        .average()
                        .orElse(first.visited().lighthouseScore());
        return new SeoReport(
                first.url().toString(),
                Score.ofSite(scores, overSite),
                (int) Math.round(lighthouse),
                summary,
                overSite,
                first.audiences(),
                first.preview(),
                request.isSite() ? whole.distribution() : List.of(),
                new SeoReport.Requests(
                        pages,
                        crawl.statistics().requests() + crawl.statistics().others(),
                        whole.complete(),
                        whole.facts().robots().status(),
                        whole.facts().sitemaps().files().stream()
                                .map(SiteFacts.SitemapFile::url)
                                .toList()));
    }

    private static SeoReport.Preview preview(PageFacts page) {
        ParsedPage html = page.html();
        String title = html.title().isEmpty() ? page.url().authority() : html.title();
        String description = html.description().orElse("");
        Optional<LinkedResource> image =
                SocialRules.imageUrl(html).flatMap(url -> page.linked(url.toString()));
        return new SeoReport.Preview(
                page.url().toString(),
                title,
                description,
                new SeoReport.Card(
                        html.property("og:site_name").orElse(page.url().host()),
                        html.property("og:title")
                                .or(() -> html.property("twitter:title"))
                                .orElse(title),
                        html.property("og:description")
                                .or(() -> html.property("twitter:description"))
                                .orElse(description),
                        image.map(LinkedResource::url).orElse(null),
                        image.map(LinkedResource::width).orElse(0),
                        image.map(LinkedResource::height).orElse(0)));
    }

    private static String key(HttpUrl url) {
        return url.withoutFragment().toString();
    }

    /** Fetches, and follows redirects. */
    private FetchResult follow(HttpUrl start, int bodyBytes, List<Redirect> redirects)
            throws InterruptedException {
        HttpUrl next = start;
        while (true) {
            FetchResult result = crawl.fetch(next.withoutFragment(), bodyBytes);
            Optional<HttpUrl> target = CrawlClient.target(result);
            if (target.isEmpty() || redirects.size() >= MOST_REDIRECTS) {
                return result;
            }
            redirects.add(new Redirect(next, ((FetchResult.Fetched) result).response().status()));
            next = target.get();
        }
    }

    private SiteFacts facts(HttpUrl url) throws InterruptedException {
        SiteFacts.Robots robots =
                switch (crawl.robots(url).result()) {
                    case FetchResult.Fetched(_, PageResponse response) ->
                            SiteFacts.Robots.of(
                                    response.status(),
                                    new String(response.body().bytes(), StandardCharsets.UTF_8),
                                    "");
                    case FetchResult.Failed failed -> SiteFacts.Robots.of(0, null, failed.detail());
                    case FetchResult.Refused refused ->
                            SiteFacts.Robots.of(0, null, refused.refusal().text());
                };
        List<SiteFacts.SitemapFile> files = new ArrayList<>();
        Map<String, SitemapEntry> entries = new HashMap<>();
        crawl.sitemaps(
                url,
                file -> {
                    String problem = Objects.requireNonNullElse(file.problem(), "");
                    if (!remember(file, entries)) {
                        problem = "It lists more URLs than there is memory for.";
                    }
                    if (file.named() || problem.isEmpty() || !file.pages().isEmpty()) {
                        files.add(
                                new SiteFacts.SitemapFile(
                                        file.url().toString(), file.pages().size(), problem));
                    }
                });
        return new SiteFacts(robots, new SiteFacts.Sitemaps(files, entries), clock.instant());
    }

    private boolean remember(SitemapFile file, Map<String, SitemapEntry> entries) {
        String sitemap = file.url().toString();
        for (SitemapFile.Entry entry : file.pages()) {
            String page = key(entry.url());
            if (!crawl.take(SitemapEntry.BYTES + (long) page.length())) {
                return false;
            }
            entries.putIfAbsent(page, new SitemapEntry(page, entry.lastModified(), sitemap));
        }
        return true;
    }

    /** Visits the pages that the first one, the sitemap and then all others lead to. */
    private boolean crawl(Judged first, SiteFacts site) throws InterruptedException {
        String host = first.url().authority();
        if (pages >= request.pages()) {
            return first.visited().links().isEmpty();
        }
        enqueue(first.visited(), 1);
        for (String url : site.sitemaps().entries().keySet()) {
            if (HttpUrl.parse(url) instanceof HttpUrl.Http(var parsed)
                    && parsed.authority().equals(host)) {
                crawl.add(parsed, FetchPurpose.PAGE, 1);
            }
        }
        begun = pages;
        CrawlEnd end = crawl.run((visit, _) -> visit(visit, site));
        return end == CrawlEnd.FINISHED;
    }

    private void enqueue(VisitedPage page, int depth) {
        for (String link : page.links()) {
            if (HttpUrl.parse(link) instanceof HttpUrl.Http(var url)) {
                crawl.add(url, FetchPurpose.PAGE, depth);
            }
        }
    }

    /** Judges a page; called by several threads at once. */
    private boolean visit(Visit visit, SiteFacts site) throws InterruptedException {
        if (!(visit instanceof Visit.Done done) || isVisited(key(done.url()))) {
            return false;
        }
        if (!(done.result() instanceof FetchResult.Fetched(_, PageResponse response))) {
            remember(VisitedPage.other(key(done.url()), 0, null));
            return false;
        }
        Optional<HttpUrl> target = done.redirect();
        if (target.isPresent()) {
            remember(VisitedPage.other(key(done.url()), response.status(), key(target.get())));
            if (target.get().host().equals(done.url().host())) {
                crawl.follow(done, FetchPurpose.PAGE);
            }
            return false;
        }
        if (!response(response, List.of()).isHtml() || response.status() >= 400) {
            remember(VisitedPage.other(key(done.url()), response.status(), null));
            return false;
        }
        if (!begin()) {
            crawl.stop();
            return false;
        }
        enqueue(judge(response, List.of(), site).visited(), done.depth() + 1);
        return true;
    }

    private synchronized boolean isVisited(String url) {
        return visited.containsKey(url);
    }

    /** Takes one of the pages that were asked for, before it is judged beside others. */
    private synchronized boolean begin() {
        if (full || begun >= request.pages()) {
            return false;
        }
        begun++;
        return true;
    }

    private synchronized void remember(VisitedPage page) {
        if (crawl.take(page.memory())) {
            visited.putIfAbsent(page.url(), page);
        } else {
            full = true;
        }
    }

    private Judged judge(PageResponse sent, List<Redirect> redirects, SiteFacts site)
            throws InterruptedException {
        PageResponse response = crawl.memory().readable(sent);
        try (PageMemory.Held _ = crawl.memory().hold(response)) {
            AuditedResponse audited = response(response, redirects);
            ParsedPage html =
                    ParsedPage.parse(
                            audited.url(),
                            audited.isHtml() ? response.body().bytes() : new byte[0],
                            response.header("Content-Type").orElse(""));
            PageFacts alone = new PageFacts(audited, html, site, Map.of());
            PageFacts page = new PageFacts(audited, html, site, linked(alone));
            List<Finding> findings = PageRules.judge(page);
            VisitedPage result = visited(page, findings);
            write(result, findings);
            RobotsDirectives directives = RobotsDirectives.of(page);
            return new Judged(
                    page.url(),
                    result,
                    Audience.ALL.stream()
                            .map(audience -> audience.treatment(page, directives))
                            .toList(),
                    preview(page));
        }
    }

    private static AuditedResponse response(PageResponse response, List<Redirect> redirects) {
        ResponseBody body = response.body();
        return new AuditedResponse(
                response.url(),
                response.status(),
                response.fields().stream()
                        .map(field -> new Header(field.name(), field.value()))
                        .toList(),
                redirects,
                body.received(),
                body.bytes().length,
                body.end() == ResponseBody.End.CUT);
    }

    /** What stands behind the URLs that rules want to know more of. */
    private Map<String, LinkedResource> linked(PageFacts page) throws InterruptedException {
        Map<String, LinkedResource> linked = new HashMap<>();
        Optional<HttpUrl> canonical = CanonicalRules.url(page);
        if (canonical.isPresent() && !key(canonical.get()).equals(key(page.url()))) {
            add(canonical.get(), CANONICAL_BYTES, linked);
        }
        Optional<HttpUrl> image = SocialRules.imageUrl(page.html());
        if (image.isPresent()) {
            add(image.get(), IMAGE_BYTES, linked);
        }
        return linked;
    }

    private void add(HttpUrl url, int bytes, Map<String, LinkedResource> linked)
            throws InterruptedException {
        LinkedResource known = resources.get(url.toString());
        if (known == null && resources.size() < MOST_RESOURCES) {
            known = fetch(url, bytes);
            resources.put(url.toString(), known);
        }
        if (known != null) {
            linked.put(url.toString(), known);
        }
    }

    private LinkedResource fetch(HttpUrl url, int bytes) throws InterruptedException {
        List<Redirect> redirects = new ArrayList<>();
        FetchResult result = follow(url, bytes, redirects);
        String text = url.toString();
        if (!(result instanceof FetchResult.Fetched(_, PageResponse response))) {
            return new LinkedResource(text, 0, redirects.size(), text, "", -1, 0, 0, null, false);
        }
        AuditedResponse audited = response(response, redirects);
        Optional<ImageSize> size = ImageSize.of(response.body().bytes());
        @Nullable String canonical = null;
        boolean indexable = true;
        if (audited.isHtml()) {
            PageFacts there =
                    new PageFacts(
                            audited,
                            ParsedPage.parse(
                                    audited.url(),
                                    response.body().bytes(),
                                    response.header("Content-Type").orElse("")),
                            new SiteFacts(
                                    SiteFacts.Robots.of(404, null, ""),
                                    SiteFacts.Sitemaps.NONE,
                                    clock.instant()),
                            Map.of());
            canonical = CanonicalRules.url(there).map(HttpUrl::toString).orElse(null);
            indexable = isIndexable(there);
        }
        return new LinkedResource(
                text,
                response.status(),
                redirects.size(),
                audited.url().toString(),
                audited.mediaType(),
                audited.truncated() ? length(response) : audited.size(),
                size.map(ImageSize::width).orElse(0),
                size.map(ImageSize::height).orElse(0),
                canonical,
                indexable);
    }

    private static long length(PageResponse response) {
        return response.header("Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    private static boolean isIndexable(PageFacts page) {
        return Audience.ALL.getFirst().treatment(page, RobotsDirectives.of(page)).isWelcome();
    }

    /** A title may have a megabyte, and is kept for each page of a site. */
    private static String kept(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }

    private static VisitedPage visited(PageFacts page, List<Finding> findings) {
        Map<String, String> alternates = new LinkedHashMap<>();
        for (LanguageRules.Alternate alternate : LanguageRules.alternates(page)) {
            page.html()
                    .base()
                    .resolveHttp(alternate.written())
                    .ifPresent(url -> alternates.put(alternate.language(), key(url)));
        }
        return new VisitedPage(
                key(page.url()),
                page.response().status(),
                null,
                page.isHtml() && page.response().status() < 400,
                kept(page.html().title()),
                kept(page.html().description().orElse("")),
                isIndexable(page),
                CanonicalRules.url(page).map(SeoAudit::key).orElse(null),
                text(page),
                links(page, alternates),
                alternates,
                Score.of(findings),
                Score.ofLighthouse(findings));
    }

    private static long text(PageFacts page) {
        String text = page.html().document().body().text();
        if (text.length() < HARDLY_ANY_TEXT) {
            return 0;
        }
        CRC32C hash = new CRC32C();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return (hash.getValue() << 24) | (text.length() & 0xffffff);
    }

    private static List<String> links(PageFacts page, Map<String, String> alternates) {
        Set<String> links = new LinkedHashSet<>();
        for (Element anchor : page.html().elements("a")) {
            if (anchor.hasAttr("href") && links.size() < MOST_LINKS) {
                page.html()
                        .base()
                        .resolveHttp(anchor.attr("href"))
                        .filter(url -> url.authority().equals(page.url().authority()))
                        .ifPresent(url -> links.add(key(url)));
            }
        }
        String origin = page.url().origin() + "/";
        alternates.values().stream().filter(url -> url.startsWith(origin)).forEach(links::add);
        return List.copyOf(links);
    }

    private synchronized void write(VisitedPage page, List<Finding> findings) {
        int number = pages++;
        visited.put(page.url(), page);
        Map<String, Integer> counts = new LinkedHashMap<>();
        Arrays.stream(Outcome.values()).forEach(outcome -> counts.put(outcome.tag(), 0));
        findings.forEach(f -> counts.merge(f.outcome().tag(), 1, Integer::sum));
        boolean written =
                context.row(
                        SeoTool.PAGES,
                        page.url(),
                        Map.of(),
                        new PageRow(
                                page.url(),
                                page.status(),
                                page.score(),
                                page.lighthouseScore(),
                                page.title(),
                                counts));
        full |= !written;
        findings.forEach(finding -> row(page.url(), number, finding));
        context.progress(
                new JobProgress(
                        pages,
                        request.pages(),
                        "pages",
                        String.format(Locale.ROOT, "Read %s", page.url())));
    }

    private synchronized void row(String page, int number, Finding finding) {
        summary.merge(finding.outcome().tag(), 1, Integer::sum);
        boolean written =
                context.row(
                        SeoTool.FINDINGS,
                        number + ":" + finding.id(),
                        Map.of(
                                "page",
                                page,
                                "outcome",
                                finding.outcome().tag(),
                                "area",
                                finding.area().tag(),
                                "rule",
                                finding.id()),
                        FindingRow.of(page, finding));
        full |= !written;
    }
}
