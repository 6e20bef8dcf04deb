package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tls.CertificateReload;
import dev.gatehouse.tls.ReloadOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;

/** What is remembered of what was seen. */
class ObservatoryTests {

    private final DefaultHealthContributorRegistry registry =
            new DefaultHealthContributorRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, Health> healths = new HashMap<>();
    private final Observatory observatory =
            new Observatory(
                    new HealthSight(registry),
                    new ConnectorNumbers(() -> meters),
                    Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    ObservatoryTests() {
        for (String name : new String[] {"http", "https", "outside"}) {
            healths.put(name, Health.up().withDetail("reason", "answered in 3 ms").build());
            HealthIndicator indicator = () -> healths.get(name);
            registry.registerContributor(name, indicator);
        }
    }

    @Test
    void eventWhenADoorDiesIsRememberedOnce() {
        observatory.look();
        healths.put("https", Health.down().withDetail("reason", "REFUSED").build());
        observatory.look();
        observatory.look();

        assertThat(observatory.events()).hasSize(4); // three have come alive before
        assertThat(observatory.events().getFirst().text()).isEqualTo("HTTPS is dead");
        assertThat(observatory.events().getFirst().detail()).isEqualTo("REFUSED");
        assertThat(observatory.strip(Subject.HTTPS).pieces().getLast()).isEqualTo(Condition.DEAD);
        assertThat(observatory.strip(Subject.HTTP).pieces().getLast()).isEqualTo(Condition.ALIVE);
    }

    /**
     * A connector may die and be healed between two looks: its verdict alone would tell nothing.
     */
    @Test
    void eventWhenAConnectorWasRestartedIsRememberedOnce() {
        Counter restarts = meters.counter("gatehouse.connector.restarts", "connector", "https");
        observatory.look();
        restarts.increment();
        observatory.look();
        observatory.look();

        assertThat(observatory.events()).hasSize(4); // three have come alive before
        assertThat(observatory.events().getFirst().text()).isEqualTo("HTTPS was restarted");
        assertThat(observatory.events().getFirst().detail()).isEqualTo("restart 1 since the start");
    }

    @Test
    void eventWhenACertificateIsRefusedIsRemembered() {
        new CertificateNews(observatory)
                .reloaded(new CertificateReload("site", ReloadOutcome.REFUSED, "no key"));

        assertThat(observatory.events())
                .singleElement()
                .satisfies(
                        e -> assertThat(e.text()).isEqualTo("A new certificate cannot be served"))
                .satisfies(e -> assertThat(e.detail()).isEqualTo("site: no key"));
    }

    @Test
    void contradictionWhenInsideIsAliveAndOutsideDeadSaysJustThat() {
        healths.put("outside", Health.down().withDetail("reason", "timed out").build());
        observatory.look();

        assertThat(observatory.isContradiction()).isTrue();
        new StatusMetrics(observatory).bindTo(meters);
        assertThat(meters.get("gatehouse.status.contradiction").gauge().value()).isEqualTo(1);
        assertThat(observatory.events().getFirst().text())
                .isEqualTo("Inside says alive, outside says dead");

        healths.put("https", Health.down().build());
        observatory.look();
        assertThat(observatory.isContradiction()).isFalse();
    }

    @Test
    void conditionWhenTheVerdictIsBusyIsNeitherAliveNorDead() {
        healths.put("http", Health.up().withDetail("verdict", "BUSY").build());
        observatory.look();

        assertThat(observatory.sight(Subject.HTTP).condition()).isEqualTo(Condition.BUSY);
    }

    @Test
    void stripWhenNobodyLookedForHoursSaysSo() {
        Strip strip = new Strip();
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        strip.note(start, Condition.DEAD);
        strip.note(start.plus(Duration.ofHours(1)), Condition.ALIVE);

        assertThat(strip.pieces()).hasSize(Strip.PIECES);
        assertThat(strip.pieces().subList(Strip.PIECES - 7, Strip.PIECES))
                .startsWith(Condition.DEAD, Condition.UNKNOWN)
                .endsWith(Condition.UNKNOWN, Condition.ALIVE);

        strip.note(start.plus(Duration.ofHours(30)), Condition.ALIVE);
        assertThat(strip.pieces()).doesNotContain(Condition.DEAD);
    }

    @Test
    void propertiesWhenNotSetHaveTheirDefaults() {
        assertThat(
                        new Binder(new MapConfigurationPropertySource(Map.of()))
                                .bindOrCreate("gatehouse.status", StatusProperties.class))
                .isEqualTo(new StatusProperties(Duration.ofSeconds(1), 200));
    }
}
