package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobEvent;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.RateLimiter;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.ScriptedTool;
import dev.gatehouse.tools.job.Submission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Two instances and one database: the first one only serves, the second one works. */
class SharedJobsTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final String url = PostgresServer.shared().newDatabase();
    private final ScriptedTool tool = new ScriptedTool(LONG, DataSize.ofMegabytes(1));
    private final SharedJobsFixture serving = open("serving", 0);
    private final SharedJobsFixture working = open("working", 2);

    private SharedJobsFixture open(String name, int workers) {
        return open(name, workers, true);
    }

    private SharedJobsFixture open(String name, int workers, boolean listening) {
        JobTools tools = tool.tools();
        JobRunner runner = new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC());
        return new SharedJobsFixture(url, name, workers, tools, runner, listening);
    }

    @AfterEach
    void close() {
        serving.close();
        working.close();
    }

    @Test
    void jobWhenSubmittedWhereNothingWorksRunsOnTheOther() {
        Job job = ended(submit("work"));

        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.instance()).isEqualTo("working");
        assertThat(working.store().find(job.id())).contains(job);
        assertThat(serving.store().events(job.id(), 0, 10))
                .isEqualTo(working.store().events(job.id(), 0, 10))
                .extracting(JobEvent::data)
                .containsExactly("\"QUEUED\"", "\"RUNNING\"", "\"DONE\"");
    }

    @Test
    void workWhenCancelledOnAnotherInstanceStops() {
        CompletableFuture<String> stopped = new CompletableFuture<>();
        tool.on("endless", _ -> endless(stopped));
        Job job = submit("endless");
        await().until(() -> state(job) == JobState.RUNNING);

        assertThat(serving.store().cancel(job.id())).isTrue();

        assertThat(stopped.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("interrupted");
        assertThat(working.store().find(job.id()).orElseThrow().state())
                .isEqualTo(JobState.CANCELLED);
        await().until(() -> executions() == 0);
    }

    /** Behind a pooler that hands connections on by transaction, nothing is notified. */
    @Test
    void workAndWaitsWhenNothingIsNotifiedAreReachedByPolling() throws InterruptedException {
        working.stop();
        CompletableFuture<String> stopped = new CompletableFuture<>();
        tool.on(
                "endless",
                context -> {
                    context.publish("found", 1);
                    return endless(stopped);
                });
        try (SharedJobsFixture deafServing = open("deaf-serving", 0, false);
                SharedJobsFixture _ = open("deaf-working", 1, false)) {
            Job job = submit("endless");

            assertThat(deafServing.store().awaitEvent(job.id(), 2, LONG)).isTrue();
            serving.store().cancel(job.id());

            assertThat(stopped.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("interrupted");
            assertThat(deafServing.store().awaitEvent(job.id(), 3, LONG)).isTrue();
        }
    }

    private static JobResult endless(CompletableFuture<String> stopped)
            throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            return new JobResult.Done("");
        } catch (InterruptedException ex) {
            stopped.complete("interrupted");
            throw ex;
        }
    }

    /** As when a worker was taken for dead, and goes on. */
    @Test
    void attemptWhenAnotherOneHasBegunWritesNothingMore() throws Exception {
        CountDownLatch takenOver = new CountDownLatch(1);
        CompletableFuture<String> first = new CompletableFuture<>();
        tool.on(
                "twice",
                context -> {
                    context.row("words", "of-both", Map.of(), "x");
                    if (first.isDone()) {
                        return new JobResult.Done("second");
                    }
                    first.complete("started");
                    awaitUninterruptibly(takenOver);
                    context.row("words", "of-the-first", Map.of(), "x");
                    context.publish("late", "x");
                    return new JobResult.Done("first");
                });
        Job job = submit("twice");
        first.orTimeout(60, TimeUnit.SECONDS).join();
        await().until(() -> rows(job).size() == 1);

        try (SharedJobsFixture _ = open("other", 1)) {
            await().until(
                            () -> {
                                missHeartbeatsOfFirstAttempt();
                                return state(job) == JobState.DONE;
                            });
            takenOver.countDown();
            await().until(() -> working.store().running().isEmpty());

            Job ended = serving.store().find(job.id()).orElseThrow();
            assertThat(ended.report()).isEqualTo("\"second\"");
            assertThat(ended.attempt()).isEqualTo(2);
            assertThat(rows(job)).extracting(JobRow::key).containsExactly("of-both");
            assertThat(serving.store().events(job.id(), 0, 10))
                    .extracting(JobEvent::data)
                    .containsExactly("\"QUEUED\"", "\"RUNNING\"", "\"RUNNING\"", "\"DONE\"");
        }
    }

    /** Until its next one, which it goes on to write. */
    private void missHeartbeatsOfFirstAttempt() {
        PostgresServer.execute(
                url,
                "UPDATE scheduled_tasks SET last_heartbeat = now() - interval '1 hour'"
                        + " WHERE EXISTS (SELECT 1 FROM job WHERE attempt = 1)");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                // it is what this test is about: work that does not stop
            }
        }
    }

    @Test
    void workWhenItsInstanceStopsRunsOnAnother() {
        CompletableFuture<String> stopped = new CompletableFuture<>();
        tool.on("moved", _ -> stopped.isDone() ? new JobResult.Done("moved") : endless(stopped));
        Job job = submit("moved");
        await().until(() -> state(job) == JobState.RUNNING);

        working.stop();

        try (SharedJobsFixture _ = open("other", 1)) {
            assertThat(ended(job).report()).isEqualTo("\"moved\"");
        }
    }

    /** A job that ends the process that runs it, again and again. */
    @Test
    void jobWhenTriedTooOftenFails() {
        tool.on("block", _ -> endless(new CompletableFuture<>()));
        submit("block");
        submit("block");
        await().until(() -> working.store().running().size() == 2);
        Job job = submit("poison");
        PostgresServer.execute(url, "UPDATE job SET attempt = 5 WHERE id = '" + job.id() + "'");

        try (SharedJobsFixture _ = open("other", 1)) {
            assertThat(ended(job).failure())
                    .isEqualTo(
                            new JobResult.Failed("internal", "The server failed to do the work."));
        }
    }

    @Test
    void jobsWhenSubmittedWithOneKeyOnBothAreOne() {
        List<CompletableFuture<Submission>> all =
                IntStream.range(0, 16)
                        .mapToObj(
                                n ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        (n % 2 == 0 ? serving : working)
                                                                .store()
                                                                .submit(job("a", "key"))))
                        .toList();

        List<String> accepted =
                all.stream()
                        .map(CompletableFuture::join)
                        .flatMap(
                                s ->
                                        s instanceof Submission.Accepted(var job)
                                                ? Stream.of(job.id())
                                                : Stream.empty())
                        .toList();
        assertThat(accepted).hasSize(1);
        assertThat(working.store().replay(job("a", "key")))
                .hasValueSatisfying(
                        s ->
                                assertThat(((Submission.Replayed) s).job().id())
                                        .isEqualTo(accepted.getFirst()));
        assertThat(serving.store().replay(job("b", "key"))).contains(new Submission.KeyReused());
    }

    @Test
    void limitWhenTakenFromOnBothIsOne() {
        RateLimiter one = new PostgresRateLimiter(serving.database());
        RateLimiter two = new PostgresRateLimiter(working.database());
        RateLimiter.Limit caller = new RateLimiter.Limit("caller", "scripted/caller/a", 3);
        RateLimiter.Limit total = new RateLimiter.Limit("total", "scripted/total", 100);

        assertThat(one.take(List.of(caller, total)).levels())
                .extracting(RateLimiter.Level::remaining)
                .containsExactly(2L, 99L);
        assertThat(two.take(List.of(caller, total)).isAllowed()).isTrue();
        assertThat(one.take(List.of(caller, total)).isAllowed()).isTrue();
        RateLimiter.Decision refused = two.take(List.of(caller, total));

        assertThat(refused.isAllowed()).isFalse();
        assertThat(refused.levels()).hasSize(1);
        assertThat(refused.levels().getFirst().refill())
                .isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
    }

    @Test
    void limitWhenTimePassesFillsAgain() {
        RateLimiter limiter = new PostgresRateLimiter(serving.database());
        List<RateLimiter.Limit> one = List.of(new RateLimiter.Limit("caller", "a", 2));
        limiter.take(one);
        limiter.take(one);
        assertThat(limiter.take(one).isAllowed()).isFalse();

        PostgresServer.execute(
                url, "UPDATE rate_limit SET updated_at = updated_at - interval '31 seconds'");

        assertThat(limiter.take(one).isAllowed()).isTrue();
        assertThat(limiter.take(one).isAllowed()).isFalse();
    }

    @Test
    void textWhenPostgresCannotStoreItIsStoredAlmostAsItIs() {
        tool.on(
                "odd",
                context -> {
                    context.row("words", "a\0b\ud800", Map.of("case", "x\0\udc00"), "a\0b\ud800");
                    context.row("words", "k".repeat(100_000), Map.of(), "long");
                    return new JobResult.Failed("odd", "a\0b");
                });

        Job job = ended(submit("odd"));

        assertThat(job.failure()).isEqualTo(new JobResult.Failed("odd", "a\ufffdb"));
        assertThat(rows(job)).extracting(JobRow::key).hasSize(2).first().asString().startsWith("a");
    }

    @Test
    void resultWhenNoLongerKeptIsRemovedAndTheJobLater() {
        tool.on(
                "result",
                context -> {
                    context.row("words", "a", Map.of(), "x");
                    return new JobResult.Done("report");
                });
        Job job = ended(submit("result"));
        Retention retention = new Retention(working.database());

        retention.clean();
        assertThat(count("job_row")).isEqualTo(1);
        age(job, "10 minutes");
        retention.clean();

        assertThat(count("job_row")).isZero();
        assertThat(count("job_event")).isZero();
        assertThat(serving.store().find(job.id()).orElseThrow().report()).isNull();
        age(job, "10 minutes");
        retention.clean();
        assertThat(count("job")).isZero();
    }

    private void age(Job job, String time) {
        PostgresServer.execute(
                url,
                "UPDATE job SET expires_at = expires_at - interval '%s' WHERE id = '%s'"
                        .formatted(time, job.id()));
    }

    private int count(String table) {
        return working.database()
                .request(
                        client ->
                                client.sql("SELECT count(*) FROM " + table)
                                        .query(Integer.class)
                                        .single());
    }

    private int executions() {
        return working.database()
                .request(
                        client ->
                                client.sql(
                                                "SELECT count(*) FROM scheduled_tasks"
                                                        + " WHERE task_name = 'scripted'")
                                        .query(Integer.class)
                                        .single());
    }

    @Test
    void databaseWhenReadOnlyRefusesSubmissionsAndAnswersReads() {
        Job job = ended(submit("work"));
        PostgresServer.execute(
                url,
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only"
                        + " = on', current_database()); END $$");
        PostgresServer.execute(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await().ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThatThrownBy(() -> serving.store().submit(job("a", null)))
                                        .hasMessageContaining("read-only"));
        await().untilAsserted(
                        () ->
                                assertThatThrownBy(() -> serving.store().requireWritable())
                                        .hasMessageContaining("read-only"));
        JobStore store = serving.store();
        await().ignoreExceptions().until(() -> store.find(job.id()).isPresent());
    }

    private List<JobRow> rows(Job job) {
        return serving.store().rows(job.id(), RowQuery.first("words", 10));
    }

    private JobState state(Job job) {
        return serving.store().find(job.id()).orElseThrow().state();
    }

    private Job submit(String text) {
        return ((Submission.Accepted) serving.store().submit(job(text, null))).job();
    }

    private static NewJob job(String text, @Nullable String key) {
        return new NewJob(
                NewJob.newId(),
                ScriptedTool.NAME,
                "owner",
                key,
                "{\"text\":\"%s\"}".formatted(text),
                null,
                10,
                Duration.ofMinutes(10));
    }

    private Job ended(Job job) {
        await().until(() -> state(job).isFinal());
        return serving.store().find(job.id()).orElseThrow();
    }
}
