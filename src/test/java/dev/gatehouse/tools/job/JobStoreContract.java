package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What every store of jobs does: a test class for each store extends it. */
public abstract class JobStoreContract {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final String OWNER = "owner";

    protected final ScriptedTool tool = new ScriptedTool(LONG, DataSize.ofMegabytes(1));
    private final CountDownLatch gate = new CountDownLatch(1);
    private JobStore store;

    /** A new, empty store that runs jobs; the test class ends it after each test. */
    protected abstract JobStore open(JobTools tools, JobRunner runner) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(tool);
    }

    private JobStore open(ScriptedTool opened) throws Exception {
        JobTools tools = opened.tools();
        return open(tools, new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC()));
    }

    @Test
    void jobWhenItsWorkIsDoneHasReportAndEventsWithoutGap() {
        tool.on(
                "work",
                context -> {
                    context.progress(new JobProgress(1, 2, "steps", "first"));
                    context.publish("found", Map.of("what", "ä"));
                    return new JobResult.Done(Map.of("count", 1));
                });

        Job job = ended(submit("work"));

        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.report()).isNotNull();
        assertThat(JsonMapper.shared().readTree(job.report()).get("count").asInt()).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(job.progress()).get("text").asString())
                .isEqualTo("first");
        assertThat(job.startedAt()).isBetween(job.createdAt(), job.endedAt());
        assertThat(job.expiresAt()).isAfter(job.endedAt());
        List<JobEvent> events = store.events(job.id(), 0, 100);
        assertThat(events)
                .extracting(JobEvent::type)
                .containsExactly("state", "state", "progress", "found", "state");
        assertThat(events).extracting(JobEvent::id).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events.get(3).data()).contains("ä");
        assertThat(events).filteredOn(JobEvent::isLast).containsExactly(events.getLast());
        assertThat(job.lastEvent()).isEqualTo(5);
        assertThat(store.events(job.id(), 2, 2)).isEqualTo(events.subList(2, 4));
        assertThat(store.events(job.id(), 5, 2)).isEmpty();
    }

    @Test
    void resultsOfACallerAreTheNewestFirst() {
        tool.on("work", _ -> new JobResult.Done(Map.of()));
        tool.on("some", _ -> new JobResult.Partial(Map.of()));
        tool.on("fails", _ -> new JobResult.Failed("code", "text"));
        Job first = ended(submit("work"));
        Job second = ended(submit("some"));
        ended(submit("fails"));

        assertThat(store.results(ScriptedTool.NAME, first.caller(), 5))
                .containsExactly(second, first);
        assertThat(store.results(ScriptedTool.NAME, first.caller(), 1)).containsExactly(second);
        assertThat(store.results(ScriptedTool.NAME, "another", 5)).isEmpty();
        assertThat(store.results("another", first.caller(), 5)).isEmpty();
    }

    @Test
    void jobWhenItsWorkBreaksFailsAndTheNextOneRuns() {
        tool.on(
                "broken",
                _ -> {
                    throw new StackOverflowError("on purpose");
                });

        Job job = ended(submit("broken"));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure())
                .isEqualTo(new JobResult.Failed("internal", "The server failed to do the work."));
        assertThat(ended(submit("next")).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void jobWhenItFailsSaysWhy() {
        tool.on("failing", _ -> new JobResult.Failed("code", "Text."));

        assertThat(ended(submit("failing")).failure())
                .isEqualTo(new JobResult.Failed("code", "Text."));
    }

    /** Virtual threads serve the connectors: work that computes would starve them. */
    @Test
    void jobWhenItRunsHasAPlatformThread() {
        tool.on("thread", _ -> new JobResult.Done(Thread.currentThread().isVirtual()));

        assertThat(ended(submit("thread")).report()).isEqualTo("false");
    }

    @Test
    void jobWhenItsTimeIsOverIsInterruptedAndFails() throws Exception {
        ScriptedTool hurried = new ScriptedTool(Duration.ofSeconds(3), DataSize.ofMegabytes(1));
        hurried.on(
                "slow",
                context -> {
                    write(context, "found", "lower");
                    return blocked();
                });
        store = open(hurried);

        Job job = ended(submit("slow"));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure())
                .isEqualTo(new JobResult.Failed("deadline", "The time limit was reached."));
        assertThat(store.rows(job.id(), RowQuery.first("words", 10)))
                .extracting(JobRow::key)
                .containsExactly("found");
    }

    @Test
    void jobWhenCancelledWhileItRunsIsInterruptedAndWritesNothingMore() {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        tool.on(
                "work",
                context -> {
                    context.row("words", "before", Map.of(), "before");
                    try {
                        return blocked();
                    } catch (InterruptedException ex) {
                        written.complete(context.row("words", "after", Map.of(), "after"));
                        throw ex;
                    }
                });
        Job job = submit("work");
        await().until(() -> find(job.id()).state() == JobState.RUNNING);

        assertThat(store.cancel(job.id())).isTrue();

        assertThat(find(job.id()).state()).isEqualTo(JobState.CANCELLED);
        assertThat(written.orTimeout(60, TimeUnit.SECONDS).join()).isFalse();
        assertThat(ended(submit("next")).state()).isEqualTo(JobState.DONE);
        assertThat(find(job.id()).state()).isEqualTo(JobState.CANCELLED);
        assertThat(store.rows(job.id(), RowQuery.first("words", 10)))
                .extracting(JobRow::key)
                .doesNotContain("after");
        assertThat(store.events(job.id(), 0, 100).getLast().data()).isEqualTo("\"CANCELLED\"");
    }

    @Test
    void jobWhenCancelledWhileItIsQueuedNeverRuns() {
        AtomicBoolean ran = new AtomicBoolean();
        tool.on("block", _ -> blocked());
        tool.on(
                "queued",
                _ -> {
                    ran.set(true);
                    return new JobResult.Done("");
                });
        submit("block");
        submit("block");
        await().until(() -> store.counts(ScriptedTool.NAME).equals(new JobCounts(0, 2)));
        Job job = submit("queued");

        assertThat(store.cancel(job.id())).isTrue();
        gate.countDown();

        assertThat(ended(submit("next")).state()).isEqualTo(JobState.DONE);
        assertThat(find(job.id()).state()).isEqualTo(JobState.CANCELLED);
        assertThat(ran).isFalse();
    }

    @Test
    void jobWhenCancelledAfterItsEndStaysAsItWas() {
        Job job = ended(submit("work"));

        assertThat(store.cancel(job.id())).isFalse();
        assertThat(find(job.id())).isEqualTo(job);
        assertThat(store.cancel("unknown")).isFalse();
    }

    @Test
    void jobWhenTheQueueIsFullIsRefused() {
        tool.on("block", _ -> blocked());
        submit("block");
        submit("block");
        await().until(() -> store.counts(ScriptedTool.NAME).equals(new JobCounts(0, 2)));
        IntStream.range(0, 3).forEach(_ -> submit("block"));

        Submission refused = store.submit(job(OWNER, null, "block", KEPT));

        assertThat(refused).isEqualTo(new Submission.QueueFull());
        assertThat(store.counts(ScriptedTool.NAME)).isEqualTo(new JobCounts(3, 2));
        gate.countDown();
    }

    @Test
    void jobWhenItsCallerHasItsShareOfUnfinishedOnesIsRefusedAndOthersAreNot() {
        tool.on("block", _ -> blocked());
        submit(sharing(OWNER, "key"));
        submit(sharing(OWNER, null));
        await().until(() -> store.counts(ScriptedTool.NAME).equals(new JobCounts(0, 2)));

        assertThat(store.submit(sharing(OWNER, null)))
                .isEqualTo(new Submission.TooManyUnfinished());
        assertThat(store.submit(sharing(OWNER, "key"))).isInstanceOf(Submission.Replayed.class);
        Job other = submit(sharing("other", null));
        gate.countDown();
        await().until(() -> find(other.id()).state().isFinal());
        submit(sharing(OWNER, null));
    }

    private static NewJob sharing(String caller, @Nullable String key) {
        return new NewJob(
                NewJob.newId(),
                ScriptedTool.NAME,
                caller,
                key,
                "{\"text\":\"block\"}",
                null,
                3,
                2,
                KEPT);
    }

    @Test
    void jobWhenItsKeyWasUsedIsTheSame() {
        Job first = submit(job(OWNER, "key", "a", KEPT));

        assertThat(store.replay(job(OWNER, "key", "a", KEPT)))
                .hasValueSatisfying(
                        s ->
                                assertThat(((Submission.Replayed) s).job().id())
                                        .isEqualTo(first.id()));
        assertThat(store.submit(job(OWNER, "key", "a", KEPT)))
                .isInstanceOfSatisfying(
                        Submission.Replayed.class,
                        s -> assertThat(s.job().id()).isEqualTo(first.id()));
        assertThat(store.submit(job(OWNER, "key", "b", KEPT)))
                .isEqualTo(new Submission.KeyReused());
        assertThat(store.submit(job("other", "key", "b", KEPT)))
                .isInstanceOf(Submission.Accepted.class);
        assertThat(store.replay(job(OWNER, "new", "a", KEPT))).isEmpty();
        assertThat(store.replay(job(OWNER, null, "a", KEPT))).isEmpty();
    }

    @Test
    void jobsWhenSubmittedAtTheSameTimeWithOneKeyAreOne() {
        List<CompletableFuture<Submission>> all =
                IntStream.range(0, 8)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () -> store.submit(job(OWNER, "key", "a", KEPT))))
                        .toList();

        assertThat(all.stream().map(CompletableFuture::join))
                .filteredOn(Submission.Accepted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void rowsWhenReadComeInOrderByCursorAndFacet() {
        tool.on(
                "words",
                context -> {
                    write(context, "one", "lower");
                    write(context, "THREE", "upper");
                    write(context, "four", "lower");
                    write(context, "two", "lower");
                    context.row("words", "one", Map.of("length", "3", "case", "lower"), "again");
                    context.row("other", "one", Map.of(), "x");
                    return new JobResult.Partial(Map.of());
                });

        Job job = ended(submit("words"));

        assertThat(job.state()).isEqualTo(JobState.PARTIAL);
        List<JobRow> all = store.rows(job.id(), RowQuery.first("words", 10));
        assertThat(all).extracting(JobRow::key).containsExactly("one", "THREE", "four", "two");
        assertThat(all.getFirst().as(String.class)).isEqualTo("again");
        assertThat(all.getFirst().facets()).isEqualTo(Map.of("length", "3", "case", "lower"));
        List<JobRow> first = store.rows(job.id(), RowQuery.first("words", 2));
        assertThat(first).isEqualTo(all.subList(0, 2));
        assertThat(
                        store.rows(
                                job.id(),
                                new RowQuery("words", first.getLast().number(), 9, Map.of())))
                .isEqualTo(all.subList(2, 4));
        assertThat(
                        store.rows(
                                job.id(),
                                new RowQuery(
                                        "words",
                                        0,
                                        9,
                                        Map.of(
                                                "length",
                                                List.of("3", "5"),
                                                "case",
                                                List.of("lower")))))
                .extracting(JobRow::key)
                .containsExactly("one", "two");
        assertThat(store.rows(job.id(), RowQuery.first("none", 10))).isEmpty();
        assertThat(store.rows("unknown", RowQuery.first("words", 10))).isEmpty();
    }

    private static void write(JobContext context, String word, String form) {
        Map<String, String> facets = Map.of("length", String.valueOf(word.length()), "case", form);
        assertThat(context.row("words", word, facets, word)).isTrue();
    }

    @Test
    void rowsWhenTheResultIsTooLargeAreRefused() {
        tool.on(
                "endless",
                context -> {
                    int rows = 0;
                    while (context.row("words", "k" + rows, Map.of(), "x".repeat(10_000))) {
                        rows++;
                    }
                    return new JobResult.Partial(rows);
                });

        Job job = ended(submit("endless"));

        int rows = Integer.parseInt(job.report());
        assertThat(rows).isBetween(80, 105);
        assertThat(store.rows(job.id(), RowQuery.first("words", 1_000))).hasSize(rows);
    }

    @Test
    void rowsWhenTheyReplaceOthersCountOnceForTheResultsSize() {
        tool.on(
                "again",
                context -> {
                    for (int i = 0; i < 300; i++) {
                        if (!context.row("words", "k" + i % 3, Map.of(), "x".repeat(10_000))) {
                            return new JobResult.Partial(i);
                        }
                    }
                    return new JobResult.Done(300);
                });

        Job job = ended(submit("again"));

        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(store.rows(job.id(), RowQuery.first("words", 10))).hasSize(3);
    }

    @Test
    void rowsWhenFacetHasNulAreFound() {
        tool.on(
                "nul",
                context -> {
                    context.row("words", "a", Map.of("case", "a\0b"), "text");
                    return new JobResult.Done(Map.of());
                });

        Job job = ended(submit("nul"));

        RowQuery query = new RowQuery("words", 0, 10, Map.of("case", List.of("a\0b")));
        assertThat(store.rows(job.id(), query)).hasSize(1);
    }

    @Test
    void partWhenWrittenIsReadAgain() throws IOException {
        byte[] content = "binary\0content".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        tool.on(
                "part",
                context -> {
                    try (OutputStream out = context.part("image.png", "image/png")) {
                        out.write(content);
                    } catch (IOException ex) {
                        throw new UncheckedIOException(ex);
                    }
                    return new JobResult.Done(Map.of());
                });

        Job job = ended(submit("part"));

        JobPart part = store.part(job.id(), "image.png").orElseThrow();
        assertThat(part.mediaType()).isEqualTo("image/png");
        assertThat(part.size()).isEqualTo(content.length);
        try (InputStream in = part.content().open()) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(store.part(job.id(), "none")).isEmpty();
    }

    @Test
    void jobWhenNoLongerKeptIsExpiredAndThenForgotten() {
        Job job = submit(job(OWNER, "key", "short", Duration.ofMillis(500)));

        // Expired first, which a busy machine may be too late to see.
        await().until(
                        () ->
                                store.find(job.id())
                                        .map(found -> found.isExpired(Instant.now()))
                                        .orElse(true));
        await().until(() -> store.find(job.id()).isEmpty());

        assertThat(store.submit(job(OWNER, "key", "other", KEPT)))
                .isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void eventWhenAwaitedIsNoticedAndTheWaitEndsWithoutOne() throws InterruptedException {
        CountDownLatch publish = new CountDownLatch(1);
        tool.on(
                "events",
                context -> {
                    publish.await();
                    context.publish("found", 1);
                    return blocked();
                });
        Job job = submit("events");
        assertThat(store.awaitEvent(job.id(), 1, LONG)).isTrue();
        assertThat(store.awaitEvent(job.id(), 2, Duration.ofMillis(50))).isFalse();

        publish.countDown();

        assertThat(store.awaitEvent(job.id(), 2, LONG)).isTrue();
        assertThat(store.events(job.id(), 2, 10)).containsExactly(new JobEvent(3, "found", "1"));
        gate.countDown();
    }

    @Test
    void jobWhenDoneNotLongAgoCanBeReused() {
        Instant before = Instant.now().minusSeconds(60);
        NewJob spec =
                new NewJob(
                        NewJob.newId(),
                        ScriptedTool.NAME,
                        OWNER,
                        null,
                        "{\"text\":\"a\"}",
                        "reuse",
                        3,
                        KEPT);
        Job job = ended(submit(spec));

        assertThat(store.findReusable(ScriptedTool.NAME, "reuse", before)).contains(job);
        assertThat(store.findReusable(ScriptedTool.NAME, "other", before)).isEmpty();
        assertThat(store.findReusable("other", "reuse", before)).isEmpty();
        assertThat(store.findReusable(ScriptedTool.NAME, "reuse", Instant.now().plusSeconds(60)))
                .isEmpty();
    }

    private JobResult blocked() throws InterruptedException {
        gate.await();
        return new JobResult.Done("late");
    }

    private Job submit(String text) {
        return submit(job(OWNER, null, text, KEPT));
    }

    private Job submit(NewJob spec) {
        Submission submission = store.submit(spec);
        assertThat(submission).isInstanceOf(Submission.Accepted.class);
        return ((Submission.Accepted) submission).job();
    }

    private static NewJob job(String caller, @Nullable String key, String text, Duration kept) {
        return new NewJob(
                NewJob.newId(),
                ScriptedTool.NAME,
                caller,
                key,
                "{\"text\":\"%s\"}".formatted(text),
                null,
                3,
                kept);
    }

    private Job ended(Job job) {
        await().until(() -> find(job.id()).state().isFinal());
        return find(job.id());
    }

    private Job find(String id) {
        return store.find(id).orElseThrow();
    }
}
