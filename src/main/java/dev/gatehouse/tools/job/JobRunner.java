package dev.gatehouse.tools.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Runs the work of a job within its deadline, for the store, on the thread that calls it. */
public final class JobRunner {

    private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

    /** The work was interrupted; a tool that keeps to its time ends PARTIAL instead. */
    public static final ToolProblem DEADLINE =
            new ToolProblem("deadline", 0, "The time limit was reached.");

    public static final ToolProblem INTERNAL =
            new ToolProblem("internal", 0, "The server failed to do the work.");

    /** A report is a summary: everything that grows is rows. */
    private static final int LARGEST_REPORT = 256 * 1024;

    /** Work should end by itself before it is interrupted. */
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(2);

    private static final int GRACE_DIVISOR = 5;

    private final JobTools tools;
    private final JsonMapper json;
    private final Clock clock;
    private final Observer observer;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    /** Without an observer. */
    public JobRunner(JobTools tools, JsonMapper json, Clock clock) {
        this(tools, json, clock, new Observer() {});
    }

    public JobRunner(JobTools tools, JsonMapper json, Clock clock, Observer observer) {
        this.tools = tools;
        this.json = json;
        this.clock = clock;
        this.observer = observer;
    }

    /** Is told about the jobs that run on this instance. */
    public interface Observer {

        /** The work is over; CANCELLED where it was not this attempt's to end any more. */
        default void ended(String tool, JobState state, Duration duration) {}

        /** The work begins again after an earlier attempt. */
        default void recovered(String tool) {}
    }

    /** The work that runs, and whose thread it may interrupt until it is over. */
    private static final class Run {

        private @Nullable Thread thread = Thread.currentThread();

        synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        @SuppressWarnings("UnusedReturnValue")
        synchronized void release() {
            thread = null;
            Thread.interrupted(); // the thread goes on to other work
        }
    }

    /**
     * Runs a job and ends it. Throws only what the store throws, so that the store can have the job
     * run again.
     */
    public void run(JobAttempt attempt) {
        Run run = new Run();
        runs.put(attempt.job().id(), run);
        try {
            runInTime(attempt, run);
        } finally {
            runs.remove(attempt.job().id(), run);
            run.release();
        }
    }

    /** Interrupts the work of a job that was cancelled or lost to another instance, if it runs. */
    public void interrupt(String id) {
        Run run = runs.get(id);
        if (run != null) {
            run.interrupt();
        }
    }

    private void runInTime(JobAttempt attempt, Run run) {
        String tool = attempt.job().tool();
        if (attempt.job().attempt() > 1) {
            observer.recovered(tool);
        }
        long start = System.nanoTime();
        JobResult result;
        try {
            result = result(attempt, run);
        } catch (JobStoreException ex) {
            throw ex;
        } catch (InterruptedException _) {
            result = DEADLINE.failure();
        } catch (Throwable ex) { // the job must end, and the thread goes on
            logger.error("A job of {} failed", attempt.job().tool(), ex);
            result = INTERNAL.failure();
        } finally {
            run.release(); // what is written at the end must not be interrupted
        }
        JobState state = end(attempt, result);
        observer.ended(tool, state, Duration.ofNanos(System.nanoTime() - start));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it only interrupts
    private JobResult result(JobAttempt attempt, Run run) throws InterruptedException {
        ToolRegistration registration = tools.get(attempt.job().tool());
        JobTool<?> tool = registration.tool().get();
        Duration deadline = tool.limits().deadline();
        WritingContext context =
                new WritingContext(
                        attempt,
                        registration.path(),
                        softDeadline(deadline),
                        tool.limits().maxResultSize().toBytes(),
                        json);
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(
                        _ -> {
                            run.interrupt();
                            return null;
                        });
        try {
            return run(tool, attempt.job(), context);
        } finally {
            over.complete(null);
            run.release();
            context.flush();
        }
    }

    private Instant softDeadline(Duration deadline) {
        Duration share = deadline.dividedBy(GRACE_DIVISOR);
        Duration grace = share.compareTo(LONGEST_GRACE) < 0 ? share : LONGEST_GRACE;
        return clock.instant().plus(deadline).minus(grace);
    }

    private <R> JobResult run(JobTool<R> tool, Job job, JobContext context)
            throws InterruptedException {
        return tool.run(json.readValue(job.request(), tool.requestType()), context);
    }

    private JobState end(JobAttempt attempt, JobResult result) {
        return switch (result) {
            case JobResult.Done(var report) -> end(attempt, JobState.DONE, report);
            case JobResult.Partial(var report) -> end(attempt, JobState.PARTIAL, report);
            case JobResult.Failed failed -> end(attempt, JobState.FAILED, null, failed);
        };
    }

    private JobState end(JobAttempt attempt, JobState state, Object report) {
        String text = json.writeValueAsString(report);
        if (text.length() <= LARGEST_REPORT) {
            return end(attempt, state, text, null);
        }
        logger.error(
                "A report of {} has {} characters; {} are allowed",
                attempt.job().tool(),
                text.length(),
                LARGEST_REPORT);
        return end(attempt, JobState.FAILED, null, INTERNAL.failure());
    }

    private static JobState end(
            JobAttempt attempt,
            JobState state,
            @Nullable String report,
            JobResult.@Nullable Failed failure) {
        return attempt.end(state, report, failure) ? state : JobState.CANCELLED;
    }
}
