package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.tools.job.FixedJobLimits;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobCounts;
import dev.gatehouse.tools.job.JobEvent;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.MemoryJobStore;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.ScriptedTool;
import dev.gatehouse.tools.job.Submission;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures jobs in PostgreSQL and in memory, and fails where a limit is exceeded; started by {@code
 * bench/jobs}.
 */
class JobsBench {

    private static final Duration WORK = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int JOBS_OF_A_WORKER = Integer.getInteger("gatehouse-bench.jobs", 60);
    private static final int NO_OPS = 1_000;
    private static final double LOAD = 0.7;
    private static final int EVENTS = 200;
    private static final int CANCELS = 20;

    private static final long MOST_MILLIS_TO_RUNNING = 500;
    private static final long MOST_MILLIS_OF_EVENT = 500;
    private static final long MOST_MILLIS_OF_CANCEL = 2_000;
    private static final double LEAST_SPEED_UP_OF_FOUR = 3.5;
    private static final double MOST_IDLE_PERCENT = 1;
    private static final double MOST_SLOWDOWN_OF_PING = 2;

    private static final int OUTAGE_SECONDS = Integer.getInteger("gatehouse-bench.outage", 30);

    private final ScriptedTool tool = tool(64);

    private static ScriptedTool tool(int atOnce) {
        ScriptedTool tool =
                new ScriptedTool(
                        new FixedJobLimits(
                                1, 1, 1, atOnce, 1, LONG, LONG, DataSize.ofMegabytes(1), Map.of()));
        tool.on(
                "work",
                _ -> {
                    assertThat(new CountDownLatch(1).await(WORK.toMillis(), TimeUnit.MILLISECONDS))
                            .isFalse();
                    return new JobResult.Done("");
                });
        return tool;
    }

    /** Jobs are submitted to one instance that runs none; each worker is an instance of its own. */
    @Test
    void postgres() {
        try (PostgresServer server = PostgresServer.startDurable()) {
            double one = 0;
            for (int workers : new int[] {1, 2, 4}) {
                String url = server.newDatabase();
                List<SharedJobsFixture> instances = new ArrayList<>();
                try (SharedJobsFixture serving = open(url, "serving", 0)) {
                    for (int i = 0; i < workers; i++) {
                        instances.add(open(url, "worker" + i, 1));
                    }
                    double perSecond = measure("PostgreSQL", serving.store(), workers);
                    one = workers == 1 ? perSecond : one;
                    print("  %d workers / one: %.2f%n", workers, perSecond / one);
                    if (workers == 4) {
                        assertThat(perSecond / one).isGreaterThanOrEqualTo(LEAST_SPEED_UP_OF_FOUR);
                    }
                } finally {
                    instances.forEach(SharedJobsFixture::close);
                }
            }
        }
    }

    private SharedJobsFixture open(String url, String name, int workers) {
        return open(url, name, workers, true);
    }

    private SharedJobsFixture open(String url, String name, int workers, boolean listening) {
        JobTools tools = tool.tools();
        return new SharedJobsFixture(
                url,
                name,
                workers,
                tools,
                new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC()),
                listening);
    }

    /** How soon one instance knows what happens on another one, by NOTIFY and by polling alone. */
    @Test
    void latency() throws Exception {
        try (PostgresServer server = PostgresServer.startDurable()) {
            for (boolean listening : new boolean[] {true, false}) {
                String url = server.newDatabase();
                try (SharedJobsFixture serving = open(url, "serving", 0, listening);
                        SharedJobsFixture working = open(url, "working", 1, listening)) {
                    assertThat(working.database().isAvailable()).isTrue();
                    String way = listening ? "by NOTIFY" : "by polling alone";
                    List<Long> events = eventMillis(serving.store());
                    List<Long> cancels = cancelMillis(serving.store());
                    print(
                            "%s: event on another instance: median %d ms, p99 %d ms, slowest %d ms of"
                                    + " %d; cancel stops the work there: median %d ms, slowest %d ms"
                                    + " of %d%n",
                            way,
                            percentile(events, 0.5),
                            percentile(events, 0.99),
                            events.getLast(),
                            events.size(),
                            percentile(cancels, 0.5),
                            cancels.getLast(),
                            cancels.size());
                    assertThat(percentile(events, 0.99)).isLessThanOrEqualTo(MOST_MILLIS_OF_EVENT);
                    assertThat(cancels.getLast()).isLessThanOrEqualTo(MOST_MILLIS_OF_CANCEL);
                }
            }
        }
    }

    /** From the publication in the work of a job until the other instance has read the event. */
    private List<Long> eventMillis(JobStore serving) throws InterruptedException {
        tool.on(
                "events",
                context -> {
                    for (int i = 0; i < EVENTS; i++) {
                        assertThat(new CountDownLatch(1).await(37, TimeUnit.MILLISECONDS))
                                .isFalse();
                        context.publish("time", System.nanoTime());
                    }
                    return new JobResult.Done("");
                });
        NewJob job = job("events");
        assertThat(serving.submit(job)).isInstanceOf(Submission.Accepted.class);
        List<Long> millis = new ArrayList<>();
        long last = 0;
        while (millis.size() < EVENTS) {
            assertThat(serving.awaitEvent(job.id(), last, LONG)).isTrue();
            for (JobEvent event : serving.events(job.id(), last, EVENTS)) {
                if (event.type().equals("time")) {
                    millis.add((System.nanoTime() - Long.parseLong(event.data())) / 1_000_000);
                }
                last = event.id();
            }
        }
        return millis.stream().sorted().toList();
    }

    /** From the call of cancel on one instance until the work on the other is interrupted. */
    private List<Long> cancelMillis(JobStore serving) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < CANCELS; i++) {
            CompletableFuture<Boolean> started = new CompletableFuture<>();
            CompletableFuture<Long> stopped = new CompletableFuture<>();
            tool.on(
                    "endless",
                    _ -> {
                        started.complete(true);
                        try {
                            new CountDownLatch(1).await();
                        } finally {
                            stopped.complete(System.nanoTime());
                        }
                        return new JobResult.Done("");
                    });
            NewJob job = job("endless");
            assertThat(serving.submit(job)).isInstanceOf(Submission.Accepted.class);
            started.get(LONG.toSeconds(), TimeUnit.SECONDS);
            long begun = System.nanoTime();
            assertThat(serving.cancel(job.id())).isTrue();
            millis.add((stopped.get(LONG.toSeconds(), TimeUnit.SECONDS) - begun) / 1_000_000);
        }
        return millis.stream().sorted().toList();
    }

    @Test
    void memory() {
        for (int workers : new int[] {1, 2, 4}) {
            JobTools tools = sized(workers).tools();
            measure(
                    "memory",
                    new MemoryJobStore(
                            tools,
                            new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC()),
                            Clock.systemUTC(),
                            "this",
                            DataSize.ofMegabytes(256).toBytes()),
                    workers);
        }
    }

    private static ScriptedTool sized(int workers) {
        return tool(workers);
    }

    private static double measure(String name, JobStore store, int workers) {
        run(store, "work", 2 * workers, 0); // the classes are loaded
        double rate = LOAD * workers * 1_000 / WORK.toMillis();
        List<Job> spaced = run(store, "work", JOBS_OF_A_WORKER * workers, rate);
        List<Job> backlog = run(store, "work", JOBS_OF_A_WORKER * workers / 2, 0);
        List<Job> noOps = run(store, "no-op", NO_OPS, 0);
        print(
                "%s, %d workers: POST to RUNNING at %.0f %% of the capacity: median %d ms, p99 %d ms"
                        + "%n  of %d ms work %.1f jobs/s; of no work %.0f jobs/s%n",
                name,
                workers,
                LOAD * 100,
                percentile(waits(spaced), 0.5),
                percentile(waits(spaced), 0.99),
                WORK.toMillis(),
                perSecond(backlog),
                perSecond(noOps));
        assertThat(percentile(waits(spaced), 0.99)).isLessThanOrEqualTo(MOST_MILLIS_TO_RUNNING);
        return perSecond(backlog);
    }

    /** Submits jobs, evenly at that rate or all at once, and waits until all are DONE. */
    private static List<Job> run(JobStore store, String text, int count, double perSecond) {
        List<String> ids = new ArrayList<>();
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            NewJob job = job(text);
            assertThat(store.submit(job)).isInstanceOf(Submission.Accepted.class);
            ids.add(job.id());
            if (perSecond > 0) {
                next += (long) (1e9 / perSecond);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> store.counts(ScriptedTool.NAME).equals(new JobCounts(0, 0)));
        return ids.stream().map(id -> store.find(id).orElseThrow()).toList();
    }

    private static NewJob job(String text) {
        return new NewJob(
                NewJob.newId(),
                ScriptedTool.NAME,
                "bench",
                null,
                "{\"text\":\"" + text + "\"}",
                null,
                100_000,
                LONG);
    }

    private static List<Long> waits(List<Job> jobs) {
        return jobs.stream()
                .map(
                        job ->
                                Duration.between(
                                                job.createdAt(),
                                                Objects.requireNonNull(job.startedAt()))
                                        .toMillis())
                .sorted()
                .toList();
    }

    private static long percentile(List<Long> sorted, double part) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * part)));
    }

    /** From the first start to the last end. */
    private static double perSecond(List<Job> jobs) {
        Instant first = jobs.stream().map(Job::startedAt).sorted().findFirst().orElseThrow();
        Instant last = jobs.stream().map(Job::endedAt).sorted().toList().getLast();
        return jobs.size() * 1e9 / Duration.between(first, last).toNanos();
    }

    /** The CPU time of this process while an instance with a worker has nothing to do. */
    @Test
    void idle() throws InterruptedException {
        try (PostgresServer server = PostgresServer.startDurable()) {
            double without = cpuPercent();
            try (SharedJobsFixture worker = open(server.newDatabase(), "idle", 1)) {
                run(worker.store(), "no-op", 100, 0);
                double with = cpuPercent();
                print(
                        "idle worker: %.2f %% of a core (the process without one: %.2f %%)%n",
                        with, without);
                assertThat(with).isLessThan(MOST_IDLE_PERCENT);
            }
        }
    }

    private static double cpuPercent() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS)).isFalse();
        long seconds = 20;
        long before = cpuNanos();
        assertThat(new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)).isFalse();
        return 100.0 * (cpuNanos() - before) / (seconds * 1e9);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /**
     * Jobs are submitted and /ping is asked for before, while and after the database is stopped.
     */
    @Test
    void outage() throws Exception {
        try (PostgresServer server = PostgresServer.startDurable()) {
            String url = server.newDatabase();
            try (RunningGatehouse first = start(url, "first");
                    RunningGatehouse second = start(url, "second")) {
                JobClient one = new JobClient(first.port(ConnectorName.HTTP));
                JobClient two = new JobClient(second.port(ConnectorName.HTTP));
                await().ignoreExceptions()
                        .atMost(LONG)
                        .until(
                                () ->
                                        one.post(0, 1).status() == 202
                                                && two.post(0, 1).status() == 202);
                Duration phase = Duration.ofSeconds(OUTAGE_SECONDS);
                load("warm-up", one, two, Duration.ofSeconds(10));
                Phase before = load("before", one, two, phase);
                server.stop();
                Phase during = load("database stopped", one, two, phase);
                server.startAgain();
                Phase after = load("after", one, two, phase);
                List<String> accepted =
                        Stream.of(before, during, after)
                                .flatMap(p -> p.accepted().stream())
                                .toList();
                for (String job : accepted) {
                    await().pollDelay(Duration.ZERO)
                            .atMost(LONG)
                            .ignoreExceptions()
                            .until(() -> one.state(job).equals("DONE"));
                }
                print("all %d jobs that were answered with 202 are DONE%n", accepted.size());
                double slowdown = during.pingMillis() / before.pingMillis();
                print("p99 of /ping without the database / before: %.2f%n", slowdown);
                assertThat(slowdown).isLessThanOrEqualTo(MOST_SLOWDOWN_OF_PING);
            }
        }
    }

    private static RunningGatehouse start(String url, String name) {
        return RunningGatehouse.startWith(
                new Class<?>[] {GatehouseWithTimedTool.class},
                PostgresServer.properties(
                        url, "gatehouse.instance=" + name, "gatehouse.jobs.workers=4"));
    }

    /**
     * What was measured for a time.
     *
     * @param pingMillis the p99 of /ping
     */
    private record Phase(List<String> accepted, double pingMillis) {}

    private static Phase load(String name, JobClient one, JobClient two, Duration time)
            throws Exception {
        List<String> accepted = new ArrayList<>();
        List<Long> refusals = new ArrayList<>();
        List<Long> pings = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> submitting =
                    threads.submit(
                            () -> {
                                for (int n = 0; System.nanoTime() < end; n++) {
                                    long begun = System.nanoTime();
                                    RawHttp.Response response =
                                            (n % 2 == 0 ? one : two).post(200, 2);
                                    if (response.status() == 202) {
                                        accepted.add(response.header("Location").orElseThrow());
                                    } else {
                                        refusals.add((System.nanoTime() - begun) / 1_000_000);
                                    }
                                    LockSupport.parkNanos(100_000_000);
                                }
                            });
            while (System.nanoTime() < end) {
                long begun = System.nanoTime();
                assertThat(one.get("/ping", "*/*").status()).isEqualTo(200);
                pings.add((System.nanoTime() - begun) / 1_000);
                LockSupport.parkNanos(10_000_000);
            }
            submitting.get();
        } catch (UncheckedIOException ex) {
            throw new AssertionError(name, ex);
        }
        pings.sort(null);
        refusals.sort(null);
        print(
                "%s: %d jobs accepted, %d answered 503 (slowest %d ms); /ping median %.1f ms,"
                        + " p99 %.1f ms of %d%n",
                name,
                accepted.size(),
                refusals.size(),
                refusals.isEmpty() ? 0 : refusals.getLast(),
                percentile(pings, 0.5) / 1e3,
                percentile(pings, 0.99) / 1e3,
                pings.size());
        return new Phase(accepted, percentile(pings, 0.99) / 1e3);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, "jobs: " + format, values);
    }
}
