package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The front-door check with the guard opened to one site, and one that never answers. No {@code
 * Configuration}: the application would find it by itself, and open the guard in every test.
 */
public class OpenedFrontDoor {

    private static final String ADDRESS = "127.0.0.51";
    private static final String SILENT = "127.0.0.52";

    @Bean(destroyMethod = "close")
    Sites sites() {
        SiteFixture site = SiteFixture.good();
        CountDownLatch closing = new CountDownLatch(1);
        return new Sites(
                site,
                LoopbackServer.plain(ADDRESS, site.plain()),
                LoopbackServer.tls(ADDRESS, site.certificate(), site.tls()),
                LoopbackServer.plain(SILENT, _ -> silence(closing)),
                closing);
    }

    private static String silence(CountDownLatch closing) {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    @Bean
    @Primary
    FrontDoorTool openedChecks(Sites sites, FrontDoorProperties properties) {
        Map<String, Integer> servers =
                Map.of(
                        ADDRESS + ":80", sites.http().port(),
                        ADDRESS + ":443", sites.https().port(),
                        SILENT + ":80", sites.silent().port(),
                        SILENT + ":443", sites.silent().port());
        Map<String, List<String>> names =
                Map.of(SiteFixture.HOST, List.of(ADDRESS), "silent.test", List.of(SILENT));
        return new FrontDoorTool(
                LoopbackOutboundClient.to(
                        names, servers, List.of(sites.site().certificate().certificate())),
                properties,
                Clock.systemUTC());
    }

    record Sites(
            SiteFixture site,
            LoopbackServer http,
            LoopbackServer https,
            LoopbackServer silent,
            CountDownLatch closing)
            implements AutoCloseable {

        @Override
        public void close() {
            closing.countDown();
            http.close();
            https.close();
            silent.close();
        }
    }
}
