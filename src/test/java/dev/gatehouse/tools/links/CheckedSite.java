package dev.gatehouse.tools.links;

import static dev.gatehouse.testing.TestSite.response;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.crawl.CrawlEngine;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The dead link check with the guard opened to one site, which has some faults. No {@code
 * Configuration}: the application would find it by itself, and open the guard in every test.
 */
public class CheckedSite {

    public static final String HOST = "links.test";

    private static final String ADDRESS = "127.0.0.62";

    static TestSite site(TestSite site) {
        site.page(
                "/",
                """
                <!doctype html><title>Links</title><p id="here">
                <a href="/good">Good</a> <a href="/gone">Gone</a>
                <a href="/good#nowhere">Nowhere</a> <a href="/moved">Moved</a>
                <a href="mailto:a@links.test">Mail</a> <a href="/secret">Secret</a>
                <script src="http://links.test/script.js"></script>
                """);
        site.page("/good", "<p>A good page that leads to <a href=/gone>nothing</a>");
        site.on("/gone", _ -> response(410).html("Gone"));
        site.on("/secret", _ -> response(403).html("No"));
        return site.redirect("/moved", 301, "/good");
    }

    @Bean(destroyMethod = "close")
    TestSite linkedSite() {
        return site(TestSite.tls(ADDRESS, CERTIFICATE));
    }

    private static final TestCertificate CERTIFICATE = TestCertificate.forNames(HOST);

    @Bean
    @Primary
    DeadLinksTool checksOfSite(TestSite linkedSite, DeadLinksProperties properties) {
        OutboundClient outbound =
                LoopbackOutboundClient.to(
                        Map.of(HOST, List.of(ADDRESS)),
                        Map.of(ADDRESS + ":443", linkedSite.port()),
                        List.of(CERTIFICATE.certificate()));
        return new DeadLinksTool(
                outbound,
                new CrawlEngine(outbound, 10, Duration.ZERO),
                properties,
                Clock.systemUTC());
    }
}
