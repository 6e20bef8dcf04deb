package dev.gatehouse.tools.outside;

import static dev.gatehouse.testing.TestSite.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.SettableClock;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobStoreException;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.links.CheckedSite;
import dev.gatehouse.tools.outbound.HttpUrl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scheduled check of the own site's links as jobs of whole servers. */
class OwnSiteLinksOnServerTests {

    private static final String SITE = "https://" + CheckedSite.HOST + "/";

    /** A server with its schedule, at a time that the test sets. */
    private static final class Instance implements AutoCloseable {

        private final RunningGatehouse gatehouse;
        private final TestSite site;
        private final SettableClock time = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));
        private final EventLog events = new EventLog(time);
        private final OwnSiteLinks links;
        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

        Instance(String... properties) {
            gatehouse = RunningGatehouse.startWith(new Class<?>[] {CheckedSite.class}, properties);
            site = gatehouse.bean(TestSite.class);
            links =
                    new OwnSiteLinks(
                            new LinkScheduleProperties(true, "0 0 3 * * *").cron(),
                            ((HttpUrl.Http) HttpUrl.parse(SITE)).url(),
                            () -> gatehouse.bean(JobStore.class),
                            () -> gatehouse.bean(JobTools.class),
                            events,
                            time);
            new OwnSiteLinksMetrics(links).bindTo(registry);
        }

        void atThreeOnDay(int day) {
            time.set(Instant.parse("2026-11-%dT03:00:01Z".formatted(day)));
            awaitStep(() -> true);
        }

        /** Steps as its task would, until the check has that many broken links. */
        void awaitBroken(int count) {
            awaitStep(() -> metric("broken") == count);
        }

        /** A task whose store is not connected yet runs again. */
        private void awaitStep(BooleanSupplier condition) {
            await().ignoreExceptionsInstanceOf(JobStoreException.class)
                    .until(
                            () -> {
                                links.step();
                                return condition.getAsBoolean();
                            });
        }

        double metric(String verdict) {
            return registry.get("gatehouse.links").tag("verdict", verdict).gauge().value();
        }

        List<String> jobs() {
            return gatehouse
                    .bean(JobStore.class)
                    .results("dead-links", JobContext.THIS_SERVER, 10)
                    .stream()
                    .map(Job::id)
                    .toList();
        }

        @Override
        public void close() {
            gatehouse.close();
        }
    }

    @Test
    void linkWhenItBreaksIsAnEventAndCounted() {
        try (Instance instance = new Instance()) {
            instance.atThreeOnDay(28);
            instance.awaitBroken(2);

            for (String verdict : List.of("bad-fragment", "redirected", "unknown", "skipped")) {
                assertThat(instance.metric(verdict)).as(verdict).isEqualTo(1);
            }
            assertThat(instance.links.brokenSince()).isEmpty();
            assertThat(instance.events.events()).isEmpty();

            instance.site.on("/good", _ -> response(410).html("Gone"));
            instance.atThreeOnDay(29);
            instance.awaitBroken(5); // it, its fragment, what redirects to it, and those before

            assertThat(instance.links.brokenSince())
                    .isEqualTo(Set.of(SITE + "good", SITE + "moved"));
            assertThat(instance.events.events())
                    .hasSize(2)
                    .anyMatch(event -> event.detail().contains(SITE + "good. "));
            assertThat(instance.registry.get("gatehouse.links.broke").gauge().value()).isEqualTo(2);
        }
    }

    @Test
    void instancesWithOneDatabaseCheckOnce() {
        String url = PostgresServer.shared().newDatabase();
        try (Instance first = instance(url, "first");
                Instance second = instance(url, "second")) {
            Stream.of(first, second).parallel().forEach(instance -> instance.atThreeOnDay(28));
            first.awaitBroken(2);
            second.awaitBroken(2);

            assertThat(first.jobs()).hasSize(1).isEqualTo(second.jobs());

            Stream.of(first, second)
                    .forEach(each -> each.site.on("/good", _ -> response(410).html("Gone")));
            Stream.of(second, first).parallel().forEach(instance -> instance.atThreeOnDay(29));
            first.awaitBroken(5);
            second.awaitBroken(5);

            assertThat(first.jobs()).hasSize(2).isEqualTo(second.jobs());
            assertThat(first.links.brokenSince())
                    .isEqualTo(second.links.brokenSince())
                    .contains(SITE + "good");
        }
    }

    private static Instance instance(String url, String name) {
        return new Instance(PostgresServer.properties(url, "gatehouse.instance=" + name));
    }
}
