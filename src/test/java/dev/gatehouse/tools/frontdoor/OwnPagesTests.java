package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.RawRequest;
import dev.gatehouse.tools.outbound.ResourceBudget;
import dev.gatehouse.tools.outbound.Scheme;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of Gatehouse itself: a whole server with a trusted certificate. */
class OwnPagesTests {

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
                                        Stream.of("gatehouse.redirect.https-port=443"))
                                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void checkOfOwnSiteFindsNothingToFix() {
        Report report = SiteFixture.check(outbound(), NAME);

        assertThat(FindingTests.faultsOf(report)).isEmpty();
        assertThat(report.grade()).isEqualTo(Grade.A_PLUS);
    }

    /** MDN Observatory's part of it, for each page that people see. */
    @ParameterizedTest
    @CsvSource({
        "/, 115",
        "/status, 120",
        "/tools/front-door, 120",
        "/tools/front-door/api, 120",
        "/no-such-page, 115"
    })
    void ownPageScoresAHundredOrMore(String path, int score) throws IOException {
        RawRequest request =
                new RawRequest(
                        List.of(
                                "GET " + path + " HTTP/1.1",
                                "Host: " + NAME,
                                "Accept: text/html", // to others the status is JSON
                                "Connection: close"));
        InetAddress address = InetAddress.ofLiteral(ADDRESS);
        ResourceBudget budget = ResourceBudget.of(Duration.ofSeconds(20));
        HttpUrl url = HttpUrl.of(Scheme.HTTPS, NAME, path);
        HttpExchange shown = outbound().probes().tls(address, 443, NAME, request, budget);
        Observations.Page page =
                new Observations.Page(
                        new Observations.Chain(
                                NAME,
                                List.of(new Observations.Hop(url, shown)),
                                Observations.ChainEnd.ANSWERED,
                                ""),
                        outbound().probes().plain(address, 80, request, budget));

        Report report = Report.of(page.findings(Instant.now()));

        assertThat(FindingTests.faultsOf(report)).isEmpty();
        assertThat(report.score()).isEqualTo(score);
    }

    private static OutboundClient outbound() {
        return LoopbackOutboundClient.to(
                Map.of(NAME, List.of(ADDRESS), "gatehouse.test", List.of(ADDRESS)),
                Map.of(
                        ADDRESS + ":80", gatehouse.port(ConnectorName.HTTP),
                        ADDRESS + ":443", gatehouse.port(ConnectorName.HTTPS)),
                List.of(CERTIFICATE.certificate()));
    }
}
