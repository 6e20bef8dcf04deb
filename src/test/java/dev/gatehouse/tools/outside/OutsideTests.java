package dev.gatehouse.tools.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.frontdoor.LoopbackServer;
import dev.gatehouse.tools.frontdoor.SiteFixture;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.Scheme;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;

/** The probe from outside of real servers, with its health and metrics. */
class OutsideTests {

    private static final String ADDRESS = "127.0.0.61";
    private static final HttpUrl SITE = HttpUrl.of(Scheme.HTTPS, SiteFixture.HOST, "/");

    private final SiteFixture site = SiteFixture.good();
    private final OutsideProperties properties =
            new OutsideProperties(SITE.toString(), Duration.ofMinutes(1), Duration.ZERO);
    private final OutsideMonitor watch =
            new OutsideMonitor(
                    properties, () -> new OutsideProbe(outbound(Map.of()), SITE, CLOCK), CLOCK);

    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void probeWhenBothPortsAnswerIsUp() {
        try (LoopbackServer http = LoopbackServer.plain(ADDRESS, site.plain());
                LoopbackServer https =
                        LoopbackServer.tls(ADDRESS, site.certificate(), site.tls())) {
            OutsideResult look =
                    look(Map.of(ADDRESS + ":80", http.port(), ADDRESS + ":443", https.port()));

            assertThat(look.isUp()).isTrue();
            assertThat(look.redirectRight()).isTrue();
            assertThat(look.certificateEnds())
                    .isEqualTo(site.certificate().certificate().getNotAfter().toInstant());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://site.test/, true",
        "HTTPS://SITE.test/, true",
        "//site.test/, false",
        "https://site.test.evil.example/, false",
        "https://site.test@evil.example/, false",
        "https://www.site.test/, false",
        "http://site.test/, false"
    })
    void redirectWhenItLeadsToTheSiteIsRight(String location, boolean right) {
        try (LoopbackServer http =
                LoopbackServer.plain(
                        ADDRESS, _ -> LoopbackServer.answer(301, "Location: " + location))) {
            assertThat(look(Map.of(ADDRESS + ":80", http.port())).redirectRight()).isEqualTo(right);
        }
    }

    @Test
    void probeWhenAnErrorFollowsAnInterimResponseSeesTheError() {
        String interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
        try (LoopbackServer http =
                LoopbackServer.plain(ADDRESS, _ -> interim + LoopbackServer.answer(503))) {
            assertThat(look(Map.of(ADDRESS + ":80", http.port())).httpProblem())
                    .isEqualTo("answers 503");
        }
    }

    @Test
    void probeWhenHttpsIsDeadIsNotUp() {
        try (LoopbackServer http = LoopbackServer.plain(ADDRESS, site.plain())) {
            OutsideResult look = look(Map.of(ADDRESS + ":80", http.port()));

            assertThat(look.isHttpUp()).isTrue();
            assertThat(look.isHttpsUp()).isFalse();
            assertThat(look.describe()).startsWith("http: answers; https: refused");
        }
    }

    @Test
    void healthWhenDeadTwiceIsDownAsTheMetricsAre() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new OutsideMetrics(watch, CLOCK).bindTo(meters);
        OutsideHealthIndicator health = new OutsideHealthIndicator(watch, CLOCK);
        OutsideResult dead = look(Map.of());

        assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
        watch.record(dead);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        watch.record(dead);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(meters.get("gatehouse.outside.up").tag("protocol", "https").gauge().value())
                .isZero();
    }

    @Test
    void healthWhenNoUrlIsSetIsUnknownAndNamesTheProperty() {
        OutsideMonitor unset =
                new OutsideMonitor(
                        new OutsideProperties(null, Duration.ofMinutes(1), Duration.ZERO),
                        () -> {
                            throw new AssertionError("never made");
                        },
                        CLOCK);

        assertThat(new OutsideHealthIndicator(unset, CLOCK).health().getDetails())
                .containsEntry("reason", "gatehouse.outside.url is not set");
    }

    @Test
    void healthWhenLooksAreMissingIsUnknown() {
        watch.record(look(Map.of()));
        Clock later = Clock.offset(CLOCK, Duration.ofMinutes(4));

        assertThat(new OutsideHealthIndicator(watch, later).health().getStatus())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void probeWhenItCannotBeCreatedIsTriedAgain() {
        AtomicInteger made = new AtomicInteger();
        OutsideMonitor failing =
                new OutsideMonitor(
                        properties,
                        () -> {
                            if (made.getAndIncrement() == 0) {
                                throw new IllegalArgumentException("no such port");
                            }
                            return new OutsideProbe(outbound(Map.of()), SITE, CLOCK);
                        },
                        CLOCK);
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.add("outside", Duration.ofMillis(1), failing::probe);
        tasks.start();
        await().until(() -> failing.last() != null);
        tasks.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536, 99_999})
    void urlWithPortThatIsNoneStopsTheStart(int port) {
        String url = "https://www.example.com:" + port;

        assertThatThrownBy(() -> new OutsideProperties(url, Duration.ofMinutes(1), Duration.ZERO))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("gatehouse.outside.url = '" + url + "' is not the https://");
    }

    private OutsideResult look(Map<String, Integer> servers) {
        return new OutsideProbe(outbound(servers), SITE, CLOCK).probe();
    }

    private OutboundClient outbound(Map<String, Integer> servers) {
        return LoopbackOutboundClient.to(
                Map.of(SiteFixture.HOST, List.of(ADDRESS)),
                servers,
                List.of(site.certificate().certificate()));
    }
}
