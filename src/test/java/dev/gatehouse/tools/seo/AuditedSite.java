package dev.gatehouse.tools.seo;

import static dev.gatehouse.testing.TestSite.response;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.crawl.CrawlEngine;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The SEO audit with the guard opened to one site, which has some faults. No {@code Configuration}:
 * the application would find it by itself, and open the guard in every test.
 */
public class AuditedSite {

    static final String HOST = "shop.test";

    private static final String ADDRESS = "127.0.0.61";
    private static final TestCertificate CERTIFICATE = TestCertificate.forNames(HOST);
    private static final String TEXT =
            "<p>This page has enough words to be read without any script, as crawlers of many"
                    + " operators read it, which run none at all: "
                    + "and so it goes on for a while, so that its text can be compared. "
                    + "Two hundred characters are needed for that.</p>";

    private static String page(String title, String head, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>"
                + title
                + "</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                + head
                + "</head><body><h1>"
                + title
                + "</h1>\n"
                + body
                + "</body></html>";
    }

    static TestSite site(TestSite site) {
        return site.page(
                        "/",
                        page(
                                "The shop for tests",
                                "<meta name=\"description\" content=\"A shop that sells nothing,"
                                        + " so that an audit of it can be tested.\">"
                                        + "<meta property=\"og:title\" content=\"Card of the shop\">"
                                        + "<meta property=\"og:image\""
                                        + " content=\"https://shop.test/card.png\">",
                                TEXT
                                        + "<a href=\"/a\">Article A</a> <a href=\"/b\">here</a>"
                                        + " <a href=\"/old\">The old page</a>"
                                        + " <a href=\"/gone\">The lost page</a>"
                                        + " <a href=\"/file.pdf\">A file</a>"))
                .page(
                        "/a",
                        page(
                                "Article with a title",
                                "<link rel=\"alternate\" hreflang=\"de\""
                                        + " href=\"https://shop.test/de\">",
                                TEXT + "<a href=\"/deep\">Deeper</a>"))
                .page("/b", page("Article with a title", "", TEXT))
                .page("/de", page("Artikel in Deutsch", "", "Nichts."))
                .page(
                        "/deep",
                        page("A deeper article", "<meta name=\"robots\" content=\"noindex\">", "x"))
                .page("/orphan", page("An orphan of the sitemap", "", "Alone."))
                .redirect("/old", 302, "/a")
                .redirect("/start", 301, "/second")
                .redirect("/second", 301, "/")
                .on(
                        "/file.pdf",
                        _ ->
                                response(200)
                                        .with("Content-Type", "application/pdf")
                                        .body("%PDF".getBytes(StandardCharsets.US_ASCII)))
                .on(
                        "/robots.txt",
                        _ ->
                                response(200)
                                        .with("Content-Type", "text/plain")
                                        .body(
                                                ("User-agent: GPTBot\nDisallow: /\n"
                                                                + "Sitemap: https://shop.test/map.xml")
                                                        .getBytes(StandardCharsets.US_ASCII)))
                .on(
                        "/map.xml",
                        _ ->
                                response(200)
                                        .with("Content-Type", "application/xml")
                                        .body(
                                                ("<urlset xmlns=\"http://www.sitemaps.org/schemas/"
                                                                + "sitemap/0.9\"><url><loc>https://shop.test/"
                                                                + "</loc></url><url><loc>https://shop.test/"
                                                                + "orphan</loc></url><url><loc>https://"
                                                                + "shop.test/old</loc></url></urlset>")
                                                        .getBytes(StandardCharsets.US_ASCII)))
                .on("/card.png", _ -> response(200).with("Content-Type", "image/png").body(card()));
    }

    /** The beginning of a PNG of 1200 × 630 pixels. */
    static byte[] card() {
        byte[] png = new byte[33];
        byte[] start = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, png, 0, start.length);
        png[18] = 4;
        png[19] = (byte) 0xb0;
        png[22] = 2;
        png[23] = 0x76;
        return png;
    }

    @Bean(destroyMethod = "close")
    TestSite shop() {
        return site(TestSite.tls(ADDRESS, CERTIFICATE));
    }

    @Bean
    @Primary
    SeoTool openedAudits(TestSite shop, SeoProperties properties) {
        OutboundClient outbound =
                LoopbackOutboundClient.to(
                        Map.of(HOST, List.of(ADDRESS)),
                        Map.of(ADDRESS + ":443", shop.port()),
                        List.of(CERTIFICATE.certificate()));
        return new SeoTool(
                new CrawlEngine(outbound, 4, Duration.ZERO),
                outbound,
                properties,
                Clock.systemUTC());
    }
}
