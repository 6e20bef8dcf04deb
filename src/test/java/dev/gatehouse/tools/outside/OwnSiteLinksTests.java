package dev.gatehouse.tools.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.testing.SettableClock;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobCounts;
import dev.gatehouse.tools.job.JobEvent;
import dev.gatehouse.tools.job.JobPart;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.Submission;
import dev.gatehouse.tools.job.ToolRegistration;
import dev.gatehouse.tools.outbound.HttpUrl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnSiteLinksTests {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final Store store = new Store();
    private final EventLog events = new EventLog(clock);
    private OwnSiteLinks links = instance();

    private OwnSiteLinks instance() {
        return new OwnSiteLinks(
                new LinkScheduleProperties(true, "0 0 3 * * *").cron(),
                ((HttpUrl.Http) HttpUrl.parse("https://site.test/")).url(),
                () -> store,
                () ->
                        new JobTools(
                                List.of(
                                        new ToolRegistration(
                                                "dead-links",
                                                "dead-links/checks",
                                                "",
                                                "",
                                                () ->
                                                        new OwnSiteTool<>(
                                                                "dead-links", String.class)))),
                events,
                clock);
    }

    /** The day's check, with those verdicts. */
    private void check(int day, Map<String, String> verdicts) {
        clock.set(Instant.parse("2026-11-%dT03:00:01Z".formatted(day)));
        links.step();
        store.end(verdicts);
        links.step();
    }

    @Test
    void nothingIsCheckedBeforeItsTime() {
        links.step();

        assertThat(store.jobs).isEmpty();
        assertThat(links.count("ok")).isNull();
        assertThat(links.pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void siteIsCheckedAtItsTime() {
        clock.set(Instant.parse("2026-11-28T03:00:00Z"));

        links.step();

        Job job = store.jobs.values().iterator().next();
        assertThat(job.caller()).isEqualTo(JobContext.THIS_SERVER);
        assertThat(job.request())
                .contains("\"url\":\"https://site.test/\"")
                .contains("\"scope\":\"site\"");
        assertThat(links.pause()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void verdictsAreMetrics() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new OwnSiteLinksMetrics(links).bindTo(registry);
        assertThat(registry.get("gatehouse.links").tag("verdict", "ok").gauge().value()).isNaN();

        check(28, Map.of("/a", "ok", "/b", "ok", "/c", "broken"));

        assertThat(registry.get("gatehouse.links").tag("verdict", "ok").gauge().value())
                .isEqualTo(2);
        assertThat(registry.get("gatehouse.links").tag("verdict", "broken").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("gatehouse.links").tag("verdict", "unknown").gauge().value())
                .isZero();
        assertThat(registry.get("gatehouse.links.broke").gauge().value()).isZero();
    }

    @Test
    void linkWhenItBreaksIsAnEventOnceAndCountsUntilItIsGoodAgain() {
        check(28, Map.of("/a", "ok", "/b", "redirected", "/c", "broken"));
        check(29, Map.of("/a", "broken", "/b", "bad-fragment", "/c", "broken"));

        assertThat(links.brokenSince()).containsExactlyInAnyOrder("/a", "/b");
        assertThat(events.events()).hasSize(2).allMatch(event -> event.headline() == null);
        assertThat(events.events().getFirst().detail()).contains("broken: /");

        check(30, Map.of("/a", "broken", "/b", "ok", "/c", "broken"));

        assertThat(links.brokenSince()).containsExactly("/a");
        assertThat(events.events()).hasSize(2);
    }

    /** That it cannot be told is no break. */
    @Test
    void linkWhenUnknownHasNotBroken() {
        check(28, Map.of("/a", "ok"));
        check(29, Map.of("/a", "unknown"));

        assertThat(links.brokenSince()).isEmpty();
        assertThat(links.count("unknown")).isEqualTo(1);
    }

    /** Each reads the result of the one check. */
    @Test
    void instancesWithOneStoreCheckOnce() {
        OwnSiteLinks other = instance();
        clock.set(Instant.parse("2026-11-28T03:00:10Z"));

        links.step();
        other.step();
        store.end(Map.of("/a", "ok"));
        links.step();
        other.step();

        assertThat(store.jobs).hasSize(1);
        assertThat(links.count("ok")).isEqualTo(1);
        assertThat(other.count("ok")).isEqualTo(1);
    }

    @Test
    void instanceWhenStartedAnewKnowsTheLastCheck() {
        check(28, Map.of("/a", "ok"));
        clock.set(NOON.plus(Duration.ofDays(1)));
        links = instance();
        links.step();

        assertThat(links.count("ok")).isEqualTo(1);
        check(29, Map.of("/a", "broken"));

        assertThat(links.brokenSince()).containsExactly("/a");
    }

    @Test
    void checkWhenItFailsKeepsTheLastResult() {
        check(28, Map.of("/a", "ok"));
        clock.set(Instant.parse("2026-11-29T03:00:01Z"));
        links.step();
        store.fail();
        links.step();

        assertThat(links.count("ok")).isEqualTo(1);
        assertThat(links.pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void scheduleWhenNoCronExpressionIsRefused() {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> new LinkScheduleProperties(true, "daily"))
                .withMessage(
                        "gatehouse.outside.crawl.schedule = 'daily' is not a cron expression of six"
                                + " fields.");
    }

    /** Jobs whose work a test does. */
    private static final class Store implements JobStore {

        private final Map<String, Job> jobs = new LinkedHashMap<>();
        private final Map<String, String> ids = new HashMap<>();
        private final Map<String, List<JobRow>> rows = new HashMap<>();

        private void end(Map<String, String> verdicts) {
            Job last = List.copyOf(jobs.values()).getLast();
            jobs.put(last.id(), withState(last, JobState.DONE));
            List<JobRow> all = new ArrayList<>();
            verdicts.forEach(
                    (url, verdict) ->
                            all.add(
                                    new JobRow(
                                            all.size() + 1,
                                            "links",
                                            url,
                                            Map.of("verdict", verdict),
                                            "{\"url\":\"%s\",\"reason\":\"status 404\"}"
                                                    .formatted(url))));
            rows.put(last.id(), all);
        }

        private void fail() {
            Job last = List.copyOf(jobs.values()).getLast();
            jobs.put(last.id(), withState(last, JobState.FAILED));
        }

        private static Job withState(Job job, JobState state) {
            return job(job.id(), job.caller(), job.request(), state);
        }

        private static Job job(String id, String caller, String request, JobState state) {
            return new Job(
                    id,
                    "dead-links",
                    caller,
                    request,
                    state,
                    null,
                    null,
                    null,
                    NOON,
                    null,
                    null,
                    null,
                    "here",
                    1,
                    1);
        }

        @Override
        public Submission submit(NewJob job) {
            return replay(job)
                    .orElseGet(
                            () -> {
                                Job added =
                                        job(job.id(), job.caller(), job.request(), JobState.QUEUED);
                                jobs.put(job.id(), added);
                                ids.put(job.key(), job.id());
                                return new Submission.Accepted(added);
                            });
        }

        @Override
        public Optional<Submission> replay(NewJob job) {
            return Optional.ofNullable(ids.get(job.key()))
                    .map(jobs::get)
                    .map(Submission.Replayed::new);
        }

        @Override
        public Optional<Job> find(String id) {
            return Optional.ofNullable(jobs.get(id));
        }

        @Override
        public List<JobRow> rows(String id, RowQuery query) {
            return rows.getOrDefault(id, List.of()).stream()
                    .filter(row -> row.number() > query.after())
                    .toList();
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public Optional<Job> findReusable(String tool, String reuseKey, Instant notBefore) {
            return Optional.empty();
        }

        @Override
        public List<Job> results(String tool, String caller, int limit) {
            return List.of();
        }

        @Override
        public boolean cancel(String id) {
            return false;
        }

        @Override
        public List<JobEvent> events(String id, long after, int limit) {
            return List.of();
        }

        @Override
        public boolean awaitEvent(String id, long after, Duration timeout) {
            return false;
        }

        @Override
        public Optional<JobPart> part(String id, String name) {
            return Optional.empty();
        }

        @Override
        public JobCounts counts(String tool) {
            throw new UnsupportedOperationException("not asked for");
        }
    }
}
