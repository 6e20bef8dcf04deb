package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.outbound.OpenedOutreach;
import dev.gatehouse.tools.outbound.Outreach;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;

/** The look from outside at real doors, and what health and metrics make of it. */
class OutsideTests {

    private static final String ADDRESS = "127.0.0.61";
    private static final URI SITE = URI.create("https://" + ZooSite.HOST);

    private final ZooSite site = ZooSite.good();
    private final OutsideProperties properties =
            new OutsideProperties(SITE.toString(), Duration.ofMinutes(1), Duration.ZERO);
    private final OutsideWatch watch =
            new OutsideWatch(properties, () -> new OutsideProbe(outreach(Map.of()), SITE, CLOCK));

    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void lookWhenBothDoorsAnswerSeesThem() {
        try (LoopbackDoor http = LoopbackDoor.plain(ADDRESS, site.plain());
                LoopbackDoor https = LoopbackDoor.tls(ADDRESS, site.certificate(), site.tls())) {
            OutsideLook look =
                    look(Map.of(ADDRESS + ":80", http.port(), ADDRESS + ":443", https.port()));

            assertThat(look.isUp()).isTrue();
            assertThat(look.redirectRight()).isTrue();
            assertThat(look.certificateEnds())
                    .isEqualTo(site.certificate().certificate().getNotAfter().toInstant());
        }
    }

    @Test
    void lookWhenHttpsIsDeadSaysSo() {
        try (LoopbackDoor http = LoopbackDoor.plain(ADDRESS, site.plain())) {
            OutsideLook look = look(Map.of(ADDRESS + ":80", http.port()));

            assertThat(look.isHttpUp()).isTrue();
            assertThat(look.isHttpsUp()).isFalse();
            assertThat(look.describe()).startsWith("http: answers; https: refused");
        }
    }

    @Test
    void healthWhenDeadTwiceIsDownAndMetricsSayTheSame() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new OutsideMetrics(watch, CLOCK).bindTo(meters);
        OutsideHealthIndicator health = new OutsideHealthIndicator(watch, CLOCK);
        OutsideLook dead = look(Map.of());

        assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
        watch.saw(dead);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        watch.saw(dead);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(meters.get("gatehouse.outside.up").tag("protocol", "https").gauge().value())
                .isZero();
    }

    @Test
    void healthWhenNoUrlIsSetIsUnknownAndSaysWhatToSet() {
        OutsideWatch unset =
                new OutsideWatch(
                        new OutsideProperties(null, Duration.ofMinutes(1), Duration.ZERO),
                        () -> {
                            throw new AssertionError("never made");
                        });

        assertThat(new OutsideHealthIndicator(unset, CLOCK).health().getDetails())
                .containsEntry("reason", "gatehouse.outside.url is not set");
    }

    @Test
    void healthWhenLooksAreMissingIsUnknown() {
        watch.saw(look(Map.of()));
        Clock later = Clock.offset(CLOCK, Duration.ofMinutes(4));

        assertThat(new OutsideHealthIndicator(watch, later).health().getStatus())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void lookRunsAgainWhenTheProbeCannotBeMade() {
        AtomicInteger made = new AtomicInteger();
        OutsideWatch failing =
                new OutsideWatch(
                        properties,
                        () -> {
                            if (made.getAndIncrement() == 0) {
                                throw new IllegalArgumentException("no such port");
                            }
                            return new OutsideProbe(outreach(Map.of()), SITE, CLOCK);
                        });
        PeriodicTasks tasks = new PeriodicTasks();
        tasks.add("outside", Duration.ofMillis(1), failing::look);
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

    private OutsideLook look(Map<String, Integer> doors) {
        return new OutsideProbe(outreach(doors), SITE, CLOCK).look();
    }

    private Outreach outreach(Map<String, Integer> doors) {
        return OpenedOutreach.to(
                Map.of(ZooSite.HOST, List.of(ADDRESS)),
                doors,
                List.of(site.certificate().certificate()));
    }
}
