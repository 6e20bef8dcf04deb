package dev.gatehouse.tools.crawl;

import static dev.gatehouse.testing.TestSite.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.PageResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CrawlTests {

    /** Far longer than a crawl takes on a slow machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final CrawlBudget BUDGET =
            new CrawlBudget(100, 1000, 1 << 24, PATIENCE, null, 5);
    private static final Pattern LINK = Pattern.compile("href=([^ >]+)");

    private final TestSite site = TestSite.plain("127.0.0.1");
    private final TestSite other = TestSite.plain("127.0.0.2");
    private final OutboundClient outbound =
            LoopbackOutboundClient.to(
                    Map.of("site.test", List.of("127.0.0.1"), "other.test", List.of("127.0.0.2")),
                    Map.of("127.0.0.1:80", site.port(), "127.0.0.2:80", other.port()),
                    List.of());
    private final CrawlEngine engine = new CrawlEngine(outbound, 10, Duration.ZERO);
    private final ConcurrentLinkedQueue<Visit> visits = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() throws IOException {
        outbound.crawl().close();
        site.close();
        other.close();
    }

    private static HttpUrl url(String text) {
        return ((HttpUrl.Http) HttpUrl.parse(text)).url();
    }

    private static CrawlPlan plan(CrawlBudget budget) {
        return new CrawlPlan(false, Globs.NONE, Globs.NONE, budget);
    }

    private CrawlEnd crawl(CrawlPlan plan) throws InterruptedException {
        Crawl crawl = engine.open(plan);
        crawl.start(url("http://site.test/"), FetchPurpose.PAGE);
        return crawl.run(this::visit);
    }

    /** Queues all links: pages of the site, and the status of others. */
    private boolean visit(Visit visit, Crawl crawl) {
        visits.add(visit);
        if (!(visit instanceof Visit.Done done)) {
            return false;
        }
        done.redirect().ifPresent(target -> crawl.follow(done, want(target)));
        if (done.want() != FetchPurpose.PAGE
                || !(done.result() instanceof FetchResult.Fetched(_, PageResponse response))
                || response.status() != 200) {
            return false;
        }
        Matcher links = LINK.matcher(response.text());
        while (links.find()) {
            visit.url()
                    .resolveHttp(links.group(1))
                    .ifPresent(target -> crawl.add(target, want(target), visit.depth() + 1));
        }
        return true;
    }

    private static FetchPurpose want(HttpUrl target) {
        return target.host().equals("site.test") ? FetchPurpose.PAGE : FetchPurpose.STATUS;
    }

    private List<String> skipped(Visit.Reason reason) {
        return visits.stream()
                .filter(visit -> visit instanceof Visit.Skipped skip && skip.reason() == reason)
                .map(visit -> visit.url().pathAndQuery())
                .sorted()
                .toList();
    }

    private List<String> sorted(TestSite of) {
        return of.log().stream().sorted().toList();
    }

    @Test
    void siteIsVisitedOnceForEachUrl() throws InterruptedException {
        site.page("/", "<a href=/a><a href=/b#x><a href=/b#y><a href=http://SITE.test:80/a>");
        site.page("/a", "<a href=/><a href=b><a href=/./b><a href=http://other.test/>");
        site.page("/b", "<a href=/none>");
        other.page("/", "<a href=/never>");

        assertThat(crawl(plan(BUDGET))).isEqualTo(CrawlEnd.FINISHED);

        assertThat(sorted(site)).containsExactly("GET /", "GET /a", "GET /b", "GET /none");
        assertThat(other.log()).containsExactly("HEAD /");
        assertThat(visits).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 500, 501})
    void headWhenAnsweredWithAnErrorIsFollowedByGet(int status) throws InterruptedException {
        site.page("/", "<a href=http://other.test/>");
        other.on("/", request -> response(request.method().equals("HEAD") ? status : 200));

        crawl(plan(BUDGET));

        assertThat(other.log()).containsExactly("HEAD /", "GET /");
        assertThat(status("http://other.test/")).isEqualTo(200);
    }

    private int status(String text) {
        return visits.stream()
                .filter(visit -> visit.url().equals(url(text)))
                .map(Visit.Done.class::cast)
                .map(done -> ((FetchResult.Fetched) done.result()).response().status())
                .findFirst()
                .orElseThrow();
    }

    /** More is wanted of it before its turn comes. */
    @Test
    void urlWhenWantedAsAPageLaterIsRequestedOnce() throws InterruptedException {
        Crawl crawl = engine.open(plan(BUDGET));
        crawl.add(url("http://site.test/"), FetchPurpose.STATUS, 0);

        assertThat(crawl.add(url("http://site.test/"), FetchPurpose.PAGE, 0))
                .isEqualTo(QueueResult.QUEUED);
        assertThat(crawl.add(url("http://site.test/"), FetchPurpose.BODY, 0))
                .isEqualTo(QueueResult.SEEN);
        crawl.run(this::visit);

        assertThat(site.log()).containsExactly("GET /");
    }

    @Test
    void redirectsAreVisitedLikeOtherUrls() throws InterruptedException {
        site.page("/", "<a href=/a><a href=/c><a href=/loop>");
        site.redirect("/a", 301, "/b#x").redirect("/b", 302, "/c").page("/c", "c");
        site.redirect("/loop", 301, "/loop2").redirect("/loop2", 301, "/loop");

        crawl(plan(BUDGET));

        assertThat(sorted(site))
                .containsExactly("GET /", "GET /a", "GET /b", "GET /c", "GET /loop", "GET /loop2");
    }

    @Test
    void crawlWhenMemoryForUrlsIsUsedUpEndsAndGivesItBack() throws InterruptedException {
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            links.append("<a href=/p").append(i).append("-").append("x".repeat(500)).append(">");
        }
        site.page("/", links.toString());
        UrlMemory memory = new UrlMemory(6 * 100_000);
        try (Crawl crawl = engine.with(memory).open(plan(BUDGET))) {
            crawl.start(url("http://site.test/"), FetchPurpose.PAGE);

            assertThat(crawl.run(this::visit)).isEqualTo(CrawlEnd.LINKS);
            assertThat(site.requests()).hasSizeBetween(50, 100);
            assertThat(memory.open().take(2_000)).isFalse();
        }
        assertThat(memory.open().take(100_000)).isTrue();
    }

    @Test
    void redirectsWithoutEndAreCut() throws InterruptedException {
        site.otherwise(request -> response(302).with("Location", request.target() + "x"));

        crawl(plan(BUDGET));

        assertThat(site.requests()).hasSize(6);
    }

    @Test
    void globsLeaveUrlsOutAndExcludeWins() throws InterruptedException {
        site.page("/", "<a href=/blog/a><a href=/blog/b><a href=/news>");
        CrawlPlan plan =
                new CrawlPlan(
                        false, Globs.of(List.of("/blog/*")), Globs.of(List.of("/blog/b")), BUDGET);

        assertThat(crawl(plan)).isEqualTo(CrawlEnd.FINISHED);

        assertThat(sorted(site)).containsExactly("GET /", "GET /blog/a");
    }

    @Test
    void targetWhenItMayNotBeVisitedIsRefused() {
        Crawl crawl = engine.open(plan(BUDGET));

        assertThat(crawl.add(url("http://site.test:8080/"), FetchPurpose.STATUS, 1))
                .isEqualTo(QueueResult.REFUSED);
        assertThat(crawl.add(url("http://localhost/"), FetchPurpose.STATUS, 1))
                .isEqualTo(QueueResult.REFUSED);
        assertThat(crawl.start(url("http://a@site.test/"), FetchPurpose.PAGE))
                .isEqualTo(QueueResult.REFUSED);
    }

    @Test
    void pagesWhenBeyondTheBudgetAreAskedForTheirStatus() throws InterruptedException {
        site.page("/", links(20));
        site.otherwise(_ -> response(200).html("page"));

        CrawlEnd end = crawl(plan(new CrawlBudget(5, 1000, 1 << 24, PATIENCE, null, 5)));

        assertThat(end).isEqualTo(CrawlEnd.PAGES);
        assertThat(site.log().stream().filter(line -> line.startsWith("GET"))).hasSize(5);
        assertThat(site.log().stream().filter(line -> line.startsWith("HEAD"))).hasSize(16);
    }

    /** Broken links and files are no pages. */
    @Test
    void pagesWhenExactlyTheBudgetFinish() throws InterruptedException {
        site.page("/", links(20));

        CrawlEnd end = crawl(plan(new CrawlBudget(1, 1000, 1 << 24, PATIENCE, null, 5)));

        assertThat(end).isEqualTo(CrawlEnd.PAGES);
        assertThat(visits).hasSize(21);
    }

    private static String links(int count) {
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < count; i++) {
            page.append("<a href=/p").append(i).append('>');
        }
        return page.toString();
    }

    @Test
    void linksWhenBeyondTheBudgetAreNotQueued() throws InterruptedException {
        site.page("/", links(20));

        CrawlEnd end = crawl(plan(new CrawlBudget(100, 10, 1 << 24, PATIENCE, null, 5)));

        assertThat(end).isEqualTo(CrawlEnd.LINKS);
        assertThat(site.requests()).hasSize(10);
    }

    @Test
    void bytesWhenUsedUpEndTheCrawl() throws InterruptedException {
        site.page("/", links(100));
        site.otherwise(_ -> response(200).html("a".repeat(10_000)));

        CrawlEnd end = crawl(plan(new CrawlBudget(500, 500, 100_000, PATIENCE, null, 5)));

        assertThat(end).isEqualTo(CrawlEnd.BYTES);
        assertThat(site.requests()).hasSizeLessThan(60);
        assertThat(skipped(Visit.Reason.BUDGET)).hasSizeGreaterThan(40);
        assertThat(visits).hasSize(101);
    }

    @Test
    void timeWhenOverEndsTheCrawl() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Crawl crawl =
                engine.open(
                        plan(new CrawlBudget(500, 500, 1 << 24, Duration.ofMillis(700), null, 5)));
        for (int i = 0; i < 30; i++) {
            site.raw("/p" + i, (_, _) -> await(end));
            crawl.add(url("http://site.test/p" + i), FetchPurpose.PAGE, 0);
        }

        assertThat(crawl.run(this::visit)).isEqualTo(CrawlEnd.TIME);

        assertThat(skipped(Visit.Reason.BUDGET)).isNotEmpty();
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void pagesWhenTooDeepAreAskedForTheirStatus() throws InterruptedException {
        site.page("/", "<a href=/1>").page("/1", "<a href=/2>").page("/2", "<a href=/3>");

        CrawlEnd end = crawl(plan(new CrawlBudget(100, 100, 1 << 24, PATIENCE, 1, 5)));

        assertThat(end).isEqualTo(CrawlEnd.FINISHED);
        assertThat(site.log()).containsExactly("GET /", "GET /1", "HEAD /2");
    }

    /** Ever more pages, each with links to its next and last month, beside the rest of a site. */
    @Test
    void calendarDoesNotKeepTheRestFromBeingVisited() throws InterruptedException {
        site.page("/", "<a href=/cal?m=0><a href=/a1>");
        site.otherwise(
                request -> {
                    String target = request.target();
                    int number = Integer.parseInt(target.replaceAll("\\D", ""));
                    return target.startsWith("/cal")
                            ? response(200)
                                    .html(
                                            "<a href=/cal?m=%d><a href=/cal?m=%d>"
                                                    .formatted(number * 2 + 1, number * 2 + 2))
                            : response(200)
                                    .html(
                                            number > 30
                                                    ? ""
                                                    : "<a href=/a%d><a href=/a%d>"
                                                            .formatted(number * 2, number * 2 + 1));
                });

        CrawlEnd end = crawl(plan(new CrawlBudget(300, 1000, 1 << 24, PATIENCE, null, 5)));

        assertThat(end).isIn(CrawlEnd.PAGES, CrawlEnd.LINKS);
        assertThat(site.log()).contains("GET /a60");
        assertThat(site.requests()).hasSizeLessThanOrEqualTo(1001);
    }

    @Test
    void sessionIdsMakeNoOtherPages() throws InterruptedException {
        AtomicInteger sessions = new AtomicInteger();
        site.otherwise(
                _ ->
                        response(200)
                                .html(
                                        "<a href=/a;jsessionid=%d><a href=/b?sid=%d>"
                                                .formatted(
                                                        sessions.incrementAndGet(),
                                                        sessions.incrementAndGet())));

        assertThat(crawl(plan(BUDGET))).isEqualTo(CrawlEnd.FINISHED);
        assertThat(site.requests()).hasSize(3);
    }

    @Test
    void relativeLinksThatGrowAreCut() throws InterruptedException {
        site.otherwise(_ -> response(200).html("<a href=a/b/>"));

        assertThat(crawl(plan(BUDGET))).isEqualTo(CrawlEnd.FINISHED);
        assertThat(site.requests()).hasSizeLessThan(10);
    }

    @Test
    void requestsToOneHostAreAsFewAtOnceAndAsFarApartAsAllowed() throws InterruptedException {
        CrawlEngine polite = new CrawlEngine(outbound, 2, Duration.ofMillis(20));
        site.page("/", links(20));
        Crawl crawl = polite.open(plan(BUDGET));
        crawl.start(url("http://site.test/"), FetchPurpose.PAGE);

        crawl.run(this::visit);

        assertThat(site.mostAtOnce()).isLessThanOrEqualTo(2);
        long last = site.requests().getLast().at() - site.requests().getFirst().at();
        assertThat(Duration.ofNanos(last)).isGreaterThan(Duration.ofMillis(20 * 15));
    }

    /** All crawls of the instance share the limits of a host. */
    @Test
    void crawlsOfOneHostShareItsLimit() throws InterruptedException {
        CrawlEngine narrow = new CrawlEngine(outbound, 1, Duration.ZERO);
        AtomicInteger now = new AtomicInteger();
        AtomicBoolean together = new AtomicBoolean();
        site.otherwise(
                _ -> {
                    together.compareAndSet(false, now.incrementAndGet() > 1);
                    now.decrementAndGet();
                    return response(200).html(links(10));
                });
        List<Thread> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Crawl crawl = narrow.open(plan(BUDGET));
            crawl.start(url("http://site.test/"), FetchPurpose.PAGE);
            jobs.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            crawl.run(this::visit);
                                        } catch (InterruptedException _) {
                                            Thread.currentThread().interrupt();
                                        }
                                    }));
        }
        for (Thread job : jobs) {
            job.join();
        }

        assertThat(together).isFalse();
        assertThat(site.mostAtOnce()).isEqualTo(1);
        assertThat(visits).hasSize(33);
    }

    @ParameterizedTest
    @CsvSource({"429, 1", "503, 1"})
    void hostWhenItAsksForAPauseGetsIt(int status, String seconds) throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        site.page("/", links(5));
        site.otherwise(
                _ ->
                        asked.getAndIncrement() == 0
                                ? response(status).with("Retry-After", seconds)
                                : response(200).html("page"));
        CrawlEngine one = new CrawlEngine(outbound, 1, Duration.ZERO);
        Crawl crawl = one.open(plan(BUDGET));
        crawl.start(url("http://site.test/"), FetchPurpose.PAGE);

        assertThat(crawl.run(this::visit)).isEqualTo(CrawlEnd.FINISHED);

        List<TestSite.Request> requests = site.requests();
        assertThat(requests).hasSize(7);
        assertThat(Duration.ofNanos(requests.get(2).at() - requests.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(visits).hasSize(6);
        assertThat(crawl.statistics().retries()).isEqualTo(1);
    }

    /** Longer than a crawl waits: nothing is sent any more, and that is told. */
    @Test
    void hostWhenItAsksForALongPauseIsLeftAlone() throws InterruptedException {
        site.page("/", links(5));
        site.otherwise(_ -> response(429).with("Retry-After", "3600"));
        CrawlEngine one = new CrawlEngine(outbound, 1, Duration.ZERO);
        Crawl crawl = one.open(plan(BUDGET));
        crawl.start(url("http://site.test/"), FetchPurpose.PAGE);

        crawl.run(this::visit);

        assertThat(site.requests()).hasSize(2);
        assertThat(skipped(Visit.Reason.BACKED_OFF)).hasSize(4);
        assertThat(status("http://site.test/p0")).isEqualTo(429);
        assertThat(crawl.fetch(url("http://site.test/p0"), 100))
                .isInstanceOf(FetchResult.Failed.class);
        assertThat(site.requests()).hasSize(2);
    }

    /** Only that URL waits. */
    @Test
    void unavailableWithoutATimeIsTriedOnceMore() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        site.page("/", "<a href=/a><a href=/b>");
        site.on("/a", _ -> asked.getAndIncrement() == 0 ? response(503) : response(200));
        site.on("/b", _ -> response(503));

        crawl(plan(BUDGET));

        assertThat(status("http://site.test/a")).isEqualTo(200);
        assertThat(status("http://site.test/b")).isEqualTo(503);
        assertThat(site.requests()).hasSize(5);
    }

    @Test
    void connectionWhenResetIsTriedOnceMore() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        site.page("/", "<a href=/a>");
        site.raw(
                "/a",
                (_, out) -> {
                    if (asked.getAndIncrement() > 1) { // the client itself tries once more
                        out.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.ISO_8859_1));
                    }
                });

        crawl(plan(BUDGET));

        assertThat(status("http://site.test/a")).isEqualTo(200);
    }

    private CrawlPlan withRobots() {
        return new CrawlPlan(true, Globs.NONE, Globs.NONE, BUDGET);
    }

    @Test
    void robotsTxtIsReadFirstAndObeyed() throws InterruptedException {
        site.on("/robots.txt", _ -> text("User-agent: *\nDisallow: /private\nAllow: /private/not"));
        site.page("/", "<a href=/private/a><a href=/private/not/a><a href=/b>");

        crawl(withRobots());

        assertThat(site.log().getFirst()).isEqualTo("GET /robots.txt");
        assertThat(sorted(site))
                .containsExactly("GET /", "GET /b", "GET /private/not/a", "GET /robots.txt");
        assertThat(skipped(Visit.Reason.ROBOTS)).containsExactly("/private/a");
    }

    private static TestSite.Response text(String text) {
        return response(200)
                .with("Content-Type", "text/plain")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void robotsTxtIsReadForOurOwnName() throws InterruptedException {
        site.on(
                "/robots.txt",
                _ ->
                        text(
                                "User-agent: Gatehouse-Crawler\nDisallow: /a\n\nUser-agent: *\nDisallow: /"));
        site.page("/", "<a href=/a><a href=/b>");

        crawl(withRobots());

        assertThat(skipped(Visit.Reason.ROBOTS)).containsExactly("/a");
    }

    @ParameterizedTest
    @CsvSource({"404, 2", "403, 2", "500, 0", "503, 0"})
    void robotsTxtWhenAnErrorAllowsAllOrNothing(int status, int requests)
            throws InterruptedException {
        site.on("/robots.txt", _ -> response(status));
        site.page("/", "<a href=/a>");

        crawl(withRobots());

        assertThat(site.requests()).hasSize(requests + 1);
        assertThat(skipped(Visit.Reason.ROBOTS_UNAVAILABLE)).hasSize(requests == 0 ? 1 : 0);
    }

    @Test
    void robotsTxtWhenItRedirectsIsFollowed() throws InterruptedException {
        site.redirect("/robots.txt", 301, "http://other.test/r");
        other.on("/r", _ -> text("User-agent: *\nDisallow: /"));

        crawl(withRobots());

        assertThat(skipped(Visit.Reason.ROBOTS)).containsExactly("/");
    }

    /** A dead host is broken, and not disallowed. */
    @Test
    void robotsTxtWhenUnreachableLeavesThePagesToTellWhy() throws InterruptedException {
        site.page("/", "<a href=http://unknown.test/>");

        crawl(withRobots());

        assertThat(visits)
                .anyMatch(
                        visit ->
                                visit instanceof Visit.Done done
                                        && done.result() instanceof FetchResult.Failed failed
                                        && failed.failure() == FetchResult.Failure.NO_ADDRESS);
    }

    /** 2 MB of rules with wildcards that make a backtracking matcher slow. */
    @Test
    void robotsTxtWhenHostileIsReadWithinBounds() throws InterruptedException {
        String rules = "User-agent: *\n" + ("Disallow: /" + "*a".repeat(50) + "b\n").repeat(20_000);
        site.on("/robots.txt", _ -> text(rules));
        site.page("/", "<a href=/" + "a".repeat(1000) + ">");

        assertThat(crawl(withRobots())).isEqualTo(CrawlEnd.FINISHED);
    }

    @Test
    void sitemapsAreReadFromRobotsTxtWithIndexAndGzip() throws Exception {
        site.on("/robots.txt", _ -> text("Sitemap: http://site.test/index.xml"));
        site.on("/index.xml", _ -> text(INDEX));
        site.on("/one.xml.gz", _ -> gzip(urls("/a", "/b")));
        site.on("/two.xml", _ -> text(urls("/c")));

        List<SitemapFile> files = sitemaps(engine);

        assertThat(files).hasSize(3).allMatch(file -> file.problem() == null);
        assertThat(pages(files))
                .containsExactlyInAnyOrder(
                        "http://site.test/a", "http://site.test/b", "http://site.test/c");
        assertThat(files.getLast().pages().getFirst().lastModified())
                .isEqualTo("2026-01-02T00:00:00Z");
    }

    private static final String INDEX =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <sitemap><loc>http://site.test/one.xml.gz</loc></sitemap>
            <sitemap><loc>http://site.test/two.xml</loc></sitemap>
            <sitemap><loc>http://site.test/index.xml</loc></sitemap>
            </sitemapindex>
            """;

    private static String urls(String... paths) {
        StringBuilder map =
                new StringBuilder("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
        for (String path : paths) {
            map.append("<url><loc>http://site.test%s</loc>".formatted(path))
                    .append("<lastmod>2026-01-02</lastmod></url>");
        }
        return map.append("</urlset>").toString();
    }

    private static TestSite.Response gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        return response(200).with("Content-Type", "application/gzip").body(out.toByteArray());
    }

    private static List<SitemapFile> sitemaps(CrawlEngine engine) throws InterruptedException {
        List<SitemapFile> files = new ArrayList<>();
        try (Crawl crawl = engine.open(plan(BUDGET))) {
            crawl.sitemaps(url("http://site.test/"), files::add);
        }
        return files;
    }

    private static List<String> pages(List<SitemapFile> files) {
        return files.stream()
                .flatMap(file -> file.pages().stream())
                .map(page -> page.url().toString())
                .toList();
    }

    @Test
    void sitemapWhenNoneIsNamedIsTried() throws InterruptedException {
        site.on("/sitemap.xml", _ -> text(urls("/a")));

        List<SitemapFile> files = sitemaps(engine);

        assertThat(pages(files)).containsExactly("http://site.test/a");
        assertThat(files.getFirst().named()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not xml",
                "<urlset><url>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><urlset><url><loc>&b;",
                "<html>"
            })
    void sitemapWhenUnreadableListsNothing(String text) throws InterruptedException {
        site.on("/sitemap.xml", _ -> text(text));

        List<SitemapFile> files = sitemaps(engine);

        assertThat(pages(files)).isEmpty();
    }

    @Test
    void sitemapWhenABombIsAProblem() throws InterruptedException {
        site.on("/sitemap.xml", _ -> gzip("a".repeat(20 << 20)));

        List<SitemapFile> files = sitemaps(engine);

        assertThat(files.getFirst().problem()).contains("larger than");
    }

    @Test
    void sitemapWhenLargerThanWhatIsReadListsWholeUrls() throws InterruptedException {
        CrawlEngine small = engine.with(new PageMemory(288 << 10));
        String map = urls("/" + "a".repeat(500), "/" + "b".repeat(500));
        site.on("/robots.txt", _ -> text("Sitemap: /map.xml\nSitemap: /map.txt\nSitemap: /map.gz"));
        site.on("/map.xml", _ -> text(map));
        site.on("/map.txt", _ -> text("http://site.test/d\nhttp://site.test/" + "e".repeat(2000)));
        site.on("/map.gz", _ -> gzip(map));

        List<SitemapFile> files = sitemaps(small);

        assertThat(files)
                .extracting(file -> file.url().path(), file -> file.pages().size())
                .containsExactly(tuple("/map.xml", 1), tuple("/map.txt", 1), tuple("/map.gz", 1));
        assertThat(files).allMatch(file -> String.valueOf(file.problem()).contains("larger than"));
    }

    /** 2 MB of entries of 30 bytes would take 50 MB. */
    @ParameterizedTest
    @CsvSource({
        "<urlset>,<url><loc>,</loc></url>,</urlset>,true",
        "'','','\n','',true",
        "<rss><channel>,<item><link>,</link></item>,</channel></rss>,false"
    })
    void sitemapWhenItListsMoreThanThereIsRoomForIsCut(
            String start, String before, String after, String end, boolean readable)
            throws InterruptedException {
        StringBuilder map = new StringBuilder(start);
        for (int i = 0; i < 300; i++) {
            map.append(before).append("http://site.test/").append(i).append(after);
        }
        map.append(end);
        site.on("/sitemap.xml", _ -> text(map.toString()));

        List<SitemapFile> files = sitemaps(engine.with(new PageMemory(5760 << 10)));

        assertThat(files.getFirst().problem()).contains("lists more than the");
        assertThat(files.getFirst().pages()).hasSize(readable ? 210 : 0);
    }

    /** As when its job is cancelled. */
    @Test
    void crawlWhenInterruptedEndsItsWorkers() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        site.raw(
                "/",
                (_, _) -> {
                    asked.countDown();
                    await(end);
                });
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread job =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        crawl(plan(BUDGET));
                                    } catch (InterruptedException _) {
                                        interrupted.set(true);
                                    }
                                });
        asked.await();

        job.interrupt();
        job.join();

        assertThat(interrupted).isTrue();
        assertThat(visits).isEmpty();
        end.countDown();
    }

    @Test
    void visitorWhenItFailsEndsTheCrawl() {
        site.page("/", links(10));
        Crawl crawl = engine.open(plan(BUDGET));
        crawl.start(url("http://site.test/"), FetchPurpose.PAGE);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () ->
                                crawl.run(
                                        (_, _) -> {
                                            throw new UnsupportedOperationException("visit");
                                        }))
                .withRootCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void statisticsTellHowFarItIs() throws InterruptedException {
        site.page("/", "<a href=/a><a href=http://other.test/>").page("/a", "a");
        Crawl crawl = engine.open(withRobots());
        crawl.start(url("http://site.test/"), FetchPurpose.PAGE);

        crawl.run(this::visit);

        CrawlStatistics statistics = crawl.statistics();
        assertThat(statistics.done()).isEqualTo(3);
        assertThat(statistics.queued()).isZero();
        assertThat(statistics.pages()).isEqualTo(2);
        assertThat(statistics.requests()).isEqualTo(3);
        assertThat(statistics.fallbacks()).isEqualTo(1);
        assertThat(statistics.others()).isEqualTo(2);
        assertThat(statistics.bytes()).isPositive();
    }
}
