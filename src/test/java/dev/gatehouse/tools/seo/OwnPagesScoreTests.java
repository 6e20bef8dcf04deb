package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tools.crawl.Crawl;
import dev.gatehouse.tools.crawl.CrawlBudget;
import dev.gatehouse.tools.crawl.CrawlEngine;
import dev.gatehouse.tools.crawl.CrawlPlan;
import dev.gatehouse.tools.crawl.Globs;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.seo.SeoReport.FindingRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit of Gatehouse's own pages that are meant for search. */
class OwnPagesScoreTests {

    private static final String NAME = "www.gatehouse.test";
    private static final String ADDRESS = "127.0.0.1";
    private static final TestCertificate CERTIFICATE =
            TestCertificate.forNames(NAME, "gatehouse.test");

    @TempDir private static Path folder;
    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws IOException {
        CERTIFICATE.writeTo(folder);
        gatehouse =
                RunningGatehouse.start(
                        Stream.concat(
                                        Stream.of(TestCertificate.properties(folder)),
                                        Stream.of(
                                                "gatehouse.redirect.https-port=443",
                                                // the page grows with the faults of other tests
                                                "gatehouse.state-directory=" + folder))
                                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/status",
                "/tools",
                "/tools/api",
                "/tools/front-door",
                "/tools/dead-links",
                "/tools/seo",
                "/tools/screenshot"
            })
    void pageMeantForSearchScoresAHundred(String path) throws InterruptedException {
        RecordedJob job = new RecordedJob();
        String url = "https://" + NAME + path;

        SeoAudit.End end =
                new SeoAudit(
                                new SeoRequest(url, SeoRequest.PAGE, 1),
                                crawl(),
                                job,
                                1 << 20,
                                Clock.systemUTC())
                        .run(RuleFixture.url(url));

        assertThat(job.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .extracting(FindingRow::id, FindingRow::text, FindingRow::evidence)
                .isEmpty();
        assertThat(end).isInstanceOf(SeoAudit.Reported.class);
        SeoReport report = ((SeoAudit.Reported) end).report();
        assertThat(report.score()).isEqualTo(100);
        assertThat(report.lighthouseScore()).isEqualTo(100);
    }

    private static Crawl crawl() {
        OutboundClient outbound =
                LoopbackOutboundClient.to(
                        Map.of(NAME, List.of(ADDRESS)),
                        Map.of(
                                ADDRESS + ":80", gatehouse.port(ConnectorName.HTTP),
                                ADDRESS + ":443", gatehouse.port(ConnectorName.HTTPS)),
                        List.of(CERTIFICATE.certificate()));
        return new CrawlEngine(outbound, 4, Duration.ZERO)
                .open(
                        new CrawlPlan(
                                true,
                                Globs.NONE,
                                Globs.NONE,
                                new CrawlBudget(
                                        1, 100, 10 << 20, Duration.ofSeconds(60), null, 5)));
    }
}
