package dev.gatehouse.tools.links;

import static dev.gatehouse.testing.TestSite.response;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.links.Sites.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A zoo of sites: each verdict is there where it is true, and nowhere else. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LinkCheckTests {

    private final Sites sites = new Sites();

    @AfterEach
    void stop() {
        sites.close();
    }

    /** A page of that many words that no other page has. */
    private static String words(String topic) {
        return "<p>This page is about %s and tells all there is to know of %s, at length."
                .formatted(topic, topic);
    }

    @Test
    void linksWhenTheirStatusDiffersHaveTheirVerdict() throws InterruptedException {
        TestSite site = sites.https("a.test");
        TestSite other = sites.https("b.test");
        sites.refusing("refusing.test");
        sites.https("untrusted.test", TestCertificate.forNames("untrusted.test"), false);
        sites.https("wrong.test", TestCertificate.forNames("other-name.test"), true);
        site.page(
                "/",
                """
                <title>Home</title>
                <a href="/good">good</a> <a href="/gone">gone</a> <a href="/missing">missing</a>
                <a href="/forbidden">forbidden</a> <a href="/login">login</a> <a href="https://busy.test/">many</a>
                <a href="/refuses-all">999</a> <a href="/error">error</a>
                <a href="/permanent">p</a> <a href="/temporary">t</a> <a href="/chain">c</a>
                <a href="/to-missing">m</a> <a href="/loop">l</a> <a href="/no-location">n</a>
                <a href="https://b.test/good">b</a> <a href="https://b.test/gone">b</a>
                <a href="https://b.test/get-only">b</a> <a href="https://b.test/captcha">c</a>
                <a href="https://refusing.test/">r</a> <a href="https://nowhere.test/">n</a>
                <a href="https://untrusted.test/">u</a> <a href="https://wrong.test/">w</a>
                <a href="mailto:a@a.test">mail</a> <a href="https://[x/">bad</a>
                <a href="https://a.test:8080/">port</a>
                <form method="post" action="/post-only"><button>b</button></form>
                """);
        site.page("/good", words("good things"));
        site.on("/gone", _ -> response(410).html("gone"));
        site.on("/forbidden", _ -> response(403).html("no"));
        site.on("/login", _ -> response(401).html("no"));
        sites.https("busy.test").on("/", _ -> response(429).with("Retry-After", "3600").html("no"));
        site.on("/refuses-all", _ -> response(999).html("no"));
        site.on("/error", _ -> response(500).html("no"));
        site.on("/post-only", _ -> response(405).html("no"));
        site.redirect("/permanent", 301, "/good");
        site.redirect("/temporary", 302, "/good");
        site.redirect("/chain", 301, "/permanent");
        site.redirect("/to-missing", 301, "/missing");
        site.redirect("/loop", 302, "/loop-2");
        site.redirect("/loop-2", 302, "/loop");
        site.on("/no-location", _ -> response(302));
        other.page("/good", words("another site"));
        other.on(
                "/get-only",
                request ->
                        request.method().equals("HEAD")
                                ? response(405)
                                : response(200).html(words("fallbacks")));
        other.on("/captcha", _ -> response(403).with("cf-mitigated", "challenge").html("wait"));

        Outcome outcome = sites.check("https://a.test/");

        assertThat(outcome.verdicts())
                .containsOnly(
                        entry("https://a.test/", "ok"),
                        entry("https://a.test/good", "ok"),
                        entry("https://a.test/gone", "broken"),
                        entry("https://a.test/missing", "broken"),
                        entry("https://a.test/forbidden", "unknown"),
                        entry("https://a.test/login", "unknown"),
                        entry("https://busy.test/", "unknown"),
                        entry("https://a.test/refuses-all", "unknown"),
                        entry("https://a.test/error", "broken"),
                        entry("https://a.test/permanent", "redirected"),
                        entry("https://a.test/temporary", "redirected"),
                        entry("https://a.test/chain", "redirected"),
                        entry("https://a.test/to-missing", "broken"),
                        entry("https://a.test/loop", "broken"),
                        entry("https://a.test/no-location", "broken"),
                        entry("https://a.test/post-only", "unknown"),
                        entry("https://a.test:8080/", "skipped"),
                        entry("https://b.test/good", "ok"),
                        entry("https://b.test/gone", "broken"),
                        entry("https://b.test/get-only", "ok"),
                        entry("https://b.test/captcha", "unknown"),
                        entry("https://refusing.test/", "broken"),
                        entry("https://nowhere.test/", "broken"),
                        entry("https://untrusted.test/", "broken"),
                        entry("https://wrong.test/", "broken"),
                        entry("mailto:a@a.test", "skipped"),
                        entry("https://[x/", "broken"));
        assertThat(outcome.partial()).isFalse();
        assertThat(outcome.link("https://a.test/chain").redirects())
                .extracting(hop -> hop.status() + " " + hop.location())
                .containsExactly("301 https://a.test/permanent", "301 https://a.test/good");
        assertThat(outcome.link("https://a.test/chain").rewrite()).isEqualTo("https://a.test/good");
        assertThat(outcome.link("https://a.test/temporary").rewrite()).isNull();
        assertThat(outcome.link("https://a.test/to-missing").also()).containsExactly("redirected");
        assertThat(outcome.link("https://a.test/gone").archive())
                .isEqualTo("https://web.archive.org/web/https://a.test/gone");
        assertThat(outcome.link("https://untrusted.test/").reason()).contains("certificate");
        assertThat(outcome.link("https://wrong.test/").reason()).contains("wrong name");
        assertThat(outcome.link("https://a.test/gone").places())
                .containsExactly(new Place("https://a.test/", 2, 26, "a", "href", "gone"));
        assertThat(outcome.report().summary()).containsEntry("broken", 12).containsEntry("ok", 4);
        assertThat(site.log()).noneMatch(line -> line.startsWith("HEAD /good"));
    }

    @Test
    void fragmentsWhenThePageLacksThemAreBad() throws InterruptedException {
        TestSite site = sites.https("a.test");
        TestSite other = sites.https("b.test");
        site.page(
                "/",
                """
                <p id="here"><a href="#here">1</a> <a href="#nowhere">2</a> <a href="#">3</a>
                <a href="#top">4</a> <a href="/p#one">5</a> <a href="/p#name">6</a>
                <a href="/p#gr%C3%B6%C3%9Fe">7</a> <a href="/p#two">8</a> <a href="/p#:~:text=a">9</a>
                <a href="/moved#one">10</a> <a href="/moved#two">11</a> <a href="/doc.pdf#page=2">12</a>
                <a href="https://b.test/#there">13</a> <a href="https://b.test/#not-there">14</a>
                """);
        site.page("/p", "<p id=one><a name=name>x</a><p id=größe>");
        site.redirect("/moved", 301, "/p");
        site.on("/doc.pdf", _ -> response(200).with("Content-Type", "application/pdf"));
        other.page("/", "<p id=there>x");

        Outcome outcome = sites.check("https://a.test/");

        assertThat(outcome.verdicts())
                .containsOnly(
                        entry("https://a.test/", "ok"),
                        entry("https://a.test/#", "ok"),
                        entry("https://a.test/#here", "ok"),
                        entry("https://a.test/#nowhere", "bad-fragment"),
                        entry("https://a.test/#top", "ok"),
                        entry("https://a.test/p#one", "ok"),
                        entry("https://a.test/p#name", "ok"),
                        entry("https://a.test/p#gr%C3%B6%C3%9Fe", "ok"),
                        entry("https://a.test/p#two", "bad-fragment"),
                        entry("https://a.test/p#:~:text=a", "ok"),
                        entry("https://a.test/moved#one", "redirected"),
                        entry("https://a.test/moved#two", "bad-fragment"),
                        entry("https://a.test/doc.pdf#page=2", "ok"),
                        entry("https://b.test/#there", "ok"),
                        entry("https://b.test/#not-there", "bad-fragment"));
        assertThat(outcome.link("https://a.test/moved#two").also()).containsExactly("redirected");
        assertThat(site.log()).containsOnlyOnce("GET /p");
    }

    @Test
    void fragmentsWhenNotAskedForAreIgnored() throws InterruptedException {
        sites.https("a.test").page("/", "<a href='#nowhere'>x</a>");
        Outcome outcome =
                sites.check(
                        new DeadLinksRequest(
                                "https://a.test/",
                                "page",
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                null,
                                null));
        assertThat(outcome.verdicts()).containsEntry("https://a.test/#nowhere", "ok");
    }

    @Test
    void pagesWhenTheHostAnswersAnyPathWithOneAreSoft404sIfTheyAreThatOne()
            throws InterruptedException {
        String menu = "<nav>Home Products Contact and all the other parts of this site</nav>";
        TestSite site = sites.https("a.test");
        site.page(
                "/",
                menu
                        + "<p>Welcome to our shop.<a href=/real>1</a><a href=/old-page>2</a>"
                        + "<a href=https://b.test/x>3</a><a href=https://c.test/x>4</a>"
                        + "<a href=https://c.test/>5</a><a href=https://d.test/shop>6</a>");
        site.page("/real", menu + words("a real product"));
        site.otherwise(
                request ->
                        response(200)
                                .html(
                                        menu
                                                + "<h1>Sorry</h1><p>We looked for "
                                                + request.target()
                                                + " and did not find it."));
        TestSite proper = sites.https("b.test");
        proper.page("/x", "<h1>Sorry</h1><p>We looked for it and did not find it.");
        TestSite home = sites.https("c.test");
        home.page("/", words("a start page"));
        home.otherwise(_ -> response(302).with("Location", "/"));
        TestSite application = sites.https("d.test");
        application.otherwise(_ -> response(200).html("<div id=app>Loading the application now"));

        Outcome outcome = sites.check("https://a.test/");

        assertThat(outcome.verdicts())
                .containsOnly(
                        entry("https://a.test/", "ok"),
                        entry("https://a.test/real", "ok"),
                        entry("https://a.test/old-page", "soft-404"),
                        entry("https://b.test/x", "ok"),
                        entry("https://c.test/x", "soft-404"),
                        entry("https://c.test/", "ok"),
                        entry("https://d.test/shop", "ok"));
        assertThat(outcome.findingIds()).containsExactly("no-404");
        assertThat(outcome.link("https://a.test/old-page").archive()).isNotNull();
    }

    @Test
    void linksWhenTheySayHttpAreInsecureIfHttpsAnswersTheSame() throws InterruptedException {
        TestSite site = sites.https("a.test");
        site.page(
                "/",
                """
                <a href="http://same.test/one">1</a> <a href="http://same.test/two">2</a>
                <a href="http://same.test/plain-only">3</a>
                <a href="http://differs.test/">4</a> <a href="http://none.test/">5</a>
                <a href="http://redirects.test/x#part">6</a> <a href="https://same.test/one">7</a>
                """);
        TestSite plain = sites.http("same.test");
        TestSite secure = sites.https("same.test");
        for (TestSite both : List.of(plain, secure)) {
            both.page("/one", words("one"));
            both.page("/two", words("two"));
        }
        plain.page("/plain-only", words("old things"));
        sites.http("differs.test").page("/", words("a shop"));
        sites.https("differs.test").page("/", "<h1>Default page of the web server</h1>");
        sites.http("none.test").page("/", words("a site without TLS"));
        sites.http("redirects.test").redirect("/x", 301, "https://redirects.test/x");
        sites.https("redirects.test").page("/x", "<p id=part>" + words("TLS"));

        Outcome outcome = sites.check("https://a.test/");

        assertThat(outcome.verdicts())
                .containsOnly(
                        entry("https://a.test/", "ok"),
                        entry("http://same.test/one", "insecure"),
                        entry("http://same.test/two", "insecure"),
                        entry("http://same.test/plain-only", "ok"),
                        entry("http://differs.test/", "ok"),
                        entry("http://none.test/", "ok"),
                        entry("http://redirects.test/x#part", "insecure"),
                        entry("https://same.test/one", "ok"));
        assertThat(outcome.link("http://same.test/two").rewrite())
                .isEqualTo("https://same.test/two");
        assertThat(outcome.link("http://redirects.test/x#part").rewrite())
                .isEqualTo("https://redirects.test/x#part");
        assertThat(outcome.link("http://redirects.test/x#part").also())
                .containsExactly("redirected");
    }

    @Test
    void pagesWhenTheySayHttpOrRepeatIdsHaveFindings() throws InterruptedException {
        TestSite site = sites.https("a.test");
        site.page(
                "/",
                """
                <link rel="canonical" href="http://a.test/">
                <link rel="alternate" hreflang="de" href="http://a.test/de">
                <meta property="og:url" content="http://a.test/">
                <script src="http://a.test/s.js"></script><img src="http://a.test/i.png">
                <form action="http://a.test/send"></form>
                <p id="x"><p id="x">
                """);
        site.page("/robots.txt", "Sitemap: http://a.test/sitemap.xml");
        Outcome outcome = sites.check("https://a.test/");
        assertThat(outcome.findingIds())
                .contains(
                        "canonical-http",
                        "duplicate-id",
                        "hreflang-http",
                        "insecure-form",
                        "mixed-content-active",
                        "mixed-content-passive",
                        "og-url-http",
                        "robots-http");
        assertThat(outcome.findings())
                .filteredOn(finding -> finding.id().equals("mixed-content-active"))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.line()).isEqualTo(4);
                            assertThat(finding.evidence()).contains("http://a.test/s.js");
                        });
    }

    @Test
    void siteWhenCheckedIsFollowedThroughPagesStyleSheetsAndSitemaps() throws InterruptedException {
        TestSite site = sites.https("www.a.test");
        sites.https("a.test").redirect("/", 301, "https://www.a.test/");
        site.page("/", "<link rel=stylesheet href=/s.css><iframe src=/frame></iframe>");
        site.on(
                "/s.css",
                _ ->
                        response(200)
                                .with("Content-Type", "text/css")
                                .body("a { b: url(gone.png) }".getBytes(UTF_8)));
        site.page("/frame", "<iframe src=/frame></iframe><a href=/deep>x</a>");
        site.page("/deep", "<a href=/deeper>x</a>");
        site.page("/deeper", "<a href=https://b.test/unknown>x</a>");
        site.page("/listed", "<a href=/gone>x</a>");
        site.on(
                "/sitemap.xml",
                _ ->
                        response(200)
                                .with("Content-Type", "application/xml")
                                .body(
                                        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                                                        + "<url><loc>https://www.a.test/listed</loc></url></urlset>")
                                                .getBytes(UTF_8)));

        Outcome outcome = sites.check("a.test");

        assertThat(outcome.verdicts())
                .containsOnly(
                        entry("https://a.test/", "redirected"),
                        entry("https://www.a.test/s.css", "ok"),
                        entry("https://www.a.test/gone.png", "broken"),
                        entry("https://www.a.test/frame", "ok"),
                        entry("https://www.a.test/deep", "ok"),
                        entry("https://www.a.test/deeper", "ok"),
                        entry("https://www.a.test/listed", "ok"),
                        entry("https://www.a.test/gone", "broken"),
                        entry("https://b.test/unknown", "broken"));
        assertThat(outcome.report().pages()).isEqualTo(5);
        assertThat(outcome.link("https://www.a.test/gone.png").places())
                .containsExactly(new Place("https://www.a.test/s.css", 1, 8, "style", "url()", ""));
        assertThat(outcome.link("https://www.a.test/listed").places())
                .extracting(Place::page, Place::element)
                .containsExactly(tuple("https://www.a.test/sitemap.xml", "loc"));
        assertThat(site.log()).doesNotHaveDuplicates();
    }

    @Test
    void linksWhenRobotsOrPatternsForbidThemAreSkipped() throws InterruptedException {
        TestSite site = sites.https("a.test");
        site.page("/robots.txt", "User-agent: *\nDisallow: /private");
        site.page(
                "/",
                "<a href=/private/x>1</a><a href=/docs/a>2</a><a href=/docs/b>3</a>"
                        + "<a href=https://b.test/>4</a>");
        site.page("/docs/a", "x");
        Outcome outcome =
                sites.check(
                        new DeadLinksRequest(
                                "https://a.test/",
                                "site",
                                null,
                                null,
                                List.of(),
                                List.of("/docs/b"),
                                false,
                                null,
                                null,
                                null));
        assertThat(outcome.verdicts())
                .containsOnly(
                        entry("https://a.test/", "ok"),
                        entry("https://a.test/private/x", "skipped"),
                        entry("https://a.test/docs/a", "ok"),
                        entry("https://a.test/docs/b", "skipped"),
                        entry("https://b.test/", "skipped"));
        assertThat(outcome.link("https://a.test/private/x").reason()).contains("robots.txt");
        assertThat(outcome.link("https://a.test/docs/b").reason()).contains("patterns");
        assertThat(outcome.partial()).isFalse();
    }

    @Test
    void checkWhenABudgetIsReachedIsPartialAndSaysWhatIsMissing() throws InterruptedException {
        TestSite site = sites.https("a.test");
        site.otherwise(
                request -> {
                    int page = request.target().equals("/") ? 0 : number(request.target());
                    return page < 0
                            ? response(404).html("none")
                            : response(200)
                                    .html(
                                            "<a href=/%d>n</a><a href=/gone-%d>g</a>"
                                                    .formatted(page + 1, page));
                });
        Outcome pages = sites.check(limited(5, null));
        assertThat(pages.partial()).isTrue();
        assertThat(pages.report().budget()).isEqualTo("pages");
        assertThat(pages.report().pages()).isEqualTo(5);
        assertThat(pages.report().notVisited().pages()).isEqualTo(1);
        assertThat(pages.report().notVisited().examples()).containsExactly("https://a.test/5");
        assertThat(pages.verdicts()).containsEntry("https://a.test/5", "ok").hasSize(11);
        Outcome depth = sites.check(limited(100, 3));
        assertThat(depth.report().budget()).isEqualTo("depth");
        assertThat(depth.report().pages()).isEqualTo(4);
        Outcome links = sites.with("max-links", "7").check(limited(100, null));
        assertThat(links.partial()).isTrue();
        assertThat(links.report().budget()).isEqualTo("links");
        assertThat(links.links()).hasSize(7);
        Outcome size =
                sites.with("max-links", "1000")
                        .check(limited(100, null), new Sites.Rows(30, Sites.PATIENCE));
        assertThat(size.report().budget()).isEqualTo("result-size");
    }

    private static int number(String target) {
        return target.matches("/[0-9]{1,5}") ? Integer.parseInt(target.substring(1)) : -1;
    }

    private static DeadLinksRequest limited(int pages, @Nullable Integer depth) {
        return new DeadLinksRequest(
                "https://a.test/", "site", pages, depth, null, null, null, null, null, null);
    }

    @Test
    void checkWhenTheFirstHostHasNoPublicAddressFails() {
        assertThatThrownBy(() -> sites.check("https://nowhere.test/"))
                .hasMessage("The name is unknown, or an address of it is not public.");
    }

    @Test
    void checkWhenTimeIsOverIsPartial() throws InterruptedException {
        TestSite site = sites.https("a.test");
        site.page("/", "<a href=/slow>x</a>");
        site.raw("/slow", (_, out) -> await(out));
        Outcome outcome =
                sites.check(
                        Sites.request("https://a.test/"),
                        new Sites.Rows(100, Duration.ofSeconds(6)));
        assertThat(outcome.partial()).isTrue();
        assertThat(outcome.report().budget()).isEqualTo("time");
        assertThat(outcome.verdicts()).containsValue("skipped");
    }

    /** Sends nothing until the client has gone. */
    private static void await(OutputStream out) throws IOException {
        try {
            new CountDownLatch(1).await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        out.flush();
    }

    /** Whichever of a redirect and its target is visited first: one connection visits in order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "good moved first",
                "good first moved",
                "moved good first",
                "moved first good",
                "first good moved",
                "first moved good"
            })
    void rowsWhenLinksWereVisitedAreThereBeforeTheEnd(String order) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        TestSite site = sites.https("a.test");
        site.page(
                "/",
                order.replaceAll("(\\w+)", "<a href=/$1>1</a>")
                        + "<a href=/gone>2</a><a href=/circle-1>3</a><a href=/circle-2>3</a>"
                        + "<a href=/to-circle>4</a>"
                        + "<a href=/slow>5</a>");
        site.page("/good", words("good things"));
        site.on("/gone", _ -> response(410).html("gone"));
        site.redirect("/moved", 301, "/good");
        site.redirect("/first", 302, "/moved");
        site.redirect("/circle-1", 302, "/circle-2").redirect("/circle-2", 302, "/circle-1");
        site.redirect("/to-circle", 302, "/circle-1");
        site.on(
                "/slow",
                _ -> {
                    awaitUninterruptibly(seen);
                    return response(200).html(words("slowness"));
                });
        sites.with("request-timeout", "5m").oneRequestAtATime();
        Sites.Rows rows = new Sites.Rows(Integer.MAX_VALUE, Sites.PATIENCE);

        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Outcome> outcome =
                    threads.submit(() -> sites.check(Sites.request("https://a.test/"), rows));
            try {
                Awaitility.await()
                        .untilAsserted(
                                () ->
                                        assertThat(verdicts(rows))
                                                .containsOnly(
                                                        "ok /",
                                                        "ok /good",
                                                        "broken /gone",
                                                        "redirected /moved",
                                                        "redirected /first",
                                                        "broken /circle-1",
                                                        "broken /circle-2",
                                                        "broken /to-circle"));
            } finally {
                seen.countDown();
            }

            assertThat(outcome.get().verdicts()).containsEntry("https://a.test/slow", "ok");
        } catch (ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<String> verdicts(Sites.Rows rows) {
        return rows.read(RowQuery.first(DeadLinksTool.LINKS, 100)).stream()
                .map(row -> row.as(LinkRow.class))
                .map(link -> link.verdict() + " " + link.url().substring("https://a.test".length()))
                .toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void trapsWhenMetEndInAClearResult() throws InterruptedException {
        TestSite site = sites.https("a.test");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.append("<a href=/m").append(i % 20).append(">x</a>");
        }
        site.page(
                "/",
                "<a href=/many>1</a><a href=/long>2</a><a href=/utf16>3</a><a href=/wrong>4</a>"
                        + "<a href=/no-type>5</a><a href=/xml>6</a><a href=/doc>7</a>"
                        + "<iframe src=/cycle-a></iframe><a href=/calendar?day=1>8</a>");
        site.page("/many", many.toString());
        site.page("/long", "<a href='" + "x".repeat(1_000_000) + "'>y</a><a href=/from-long>z</a>");
        site.on(
                "/utf16",
                _ ->
                        response(200)
                                .with("Content-Type", "text/html")
                                .body("\ufeff<a href=/from-utf16>x</a>".getBytes(UTF_16LE)));
        site.on(
                "/wrong",
                _ ->
                        response(200)
                                .with("Content-Type", "text/html; charset=utf-8")
                                .body("<a href=/fr\u00fcm>x</a>".getBytes(ISO_8859_1)));
        site.on(
                "/no-type",
                _ ->
                        response(200)
                                .body(
                                        "<!doctype html><a href=/from-no-type>x</a>"
                                                .getBytes(UTF_8)));
        site.on(
                "/xml",
                _ ->
                        response(200)
                                .with("Content-Type", "application/xml")
                                .body(
                                        ("<html xmlns='http://www.w3.org/1999/xhtml'><body>"
                                                        + "<a href='/from-xml'>x</a></body></html>")
                                                .getBytes(UTF_8)));
        site.on(
                "/doc",
                _ -> response(200).with("Content-Type", "application/pdf").body(new byte[99]));
        site.page("/cycle-a", "<iframe src=/cycle-b></iframe>");
        site.page("/cycle-b", "<iframe src=/cycle-a></iframe><a href=/from-cycle>x</a>");

        Outcome outcome = sites.check("https://a.test/");

        assertThat(outcome.verdicts())
                .containsEntry("https://a.test/m19", "broken")
                .containsEntry("https://a.test/from-long", "broken")
                .containsEntry("https://a.test/from-utf16", "broken")
                .containsEntry("https://a.test/from-no-type", "broken")
                .containsEntry("https://a.test/from-xml", "broken")
                .containsEntry("https://a.test/from-cycle", "broken")
                .containsEntry("https://a.test/doc", "ok");
        assertThat(outcome.link("https://a.test/m0").placeCount()).isEqualTo(5_000);
        assertThat(outcome.links().keySet()).filteredOn(url -> url.length() > 2_100).isEmpty();
        assertThat(outcome.partial()).isFalse();
    }
}
