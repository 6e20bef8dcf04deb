package dev.gatehouse.tools.seo;

import static dev.gatehouse.testing.TestSite.response;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The tools with the guard opened to two sites, which have some faults. No {@code Configuration}:
 * the application would find it by itself, and open the guard in every test.
 */
public class AuditedSite {

    static final String HOST = "shop.test";

    /** Another one, which says http: wherever it can. */
    static final String INSECURE = "http.test";

    private static final String ADDRESS = "127.0.0.61";
    private static final String OTHER_ADDRESS = "127.0.0.63";
    private static final TestCertificate CERTIFICATE = TestCertificate.forNames(HOST, INSECURE);
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

    /** A site that answers HTTPS, and says http: wherever a page or a list can. */
    private static TestSite insecure(TestSite site) {
        return site.page(
                        "/",
                        """
                        <!doctype html><title>Says http everywhere</title>
                        <link rel="canonical" href="http://http.test/">
                        <link rel="alternate" hreflang="de" href="http://http.test/de">
                        <meta property="og:url" content="http://http.test/">
                        <script src="http://http.test/s.js"></script>
                        <img src="http://http.test/i.png" alt="">
                        <form action="http://http.test/send"></form>
                        """)
                .on(
                        "/robots.txt",
                        _ ->
                                text(
                                        """
                                        Sitemap: http://http.test/map.xml
                                        Sitemap: https://http.test/good.xml
                                        Sitemap: https://http.test/bad.xml
                                        """))
                .on("/bad.xml", _ -> text("no XML"))
                .on(
                        "/good.xml",
                        _ ->
                                text(
                                        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/"
                                                + "0.9\"><url><loc>http://http.test/</loc></url>"
                                                + "</urlset>"));
    }

    private static TestSite.Response text(String text) {
        return response(200)
                .with("Content-Type", "text/plain")
                .body(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Bean(destroyMethod = "close")
    TestSite shop() {
        return site(TestSite.tls(ADDRESS, CERTIFICATE));
    }

    @Bean(destroyMethod = "close")
    TestSite insecureSite() {
        return insecure(TestSite.tls(OTHER_ADDRESS, CERTIFICATE));
    }

    @Bean
    static BeanFactoryPostProcessor openedGuard() {
        return beans -> beans.getBeanDefinition("guardedOutboundClient").setPrimary(false);
    }

    @Bean
    @Primary
    OutboundClient openedOutbound(TestSite shop, TestSite insecureSite) {
        return LoopbackOutboundClient.to(
                Map.of(HOST, List.of(ADDRESS), INSECURE, List.of(OTHER_ADDRESS)),
                Map.of(
                        ADDRESS + ":443", shop.port(),
                        OTHER_ADDRESS + ":443", insecureSite.port()),
                List.of(CERTIFICATE.certificate()));
    }
}
