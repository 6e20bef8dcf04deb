package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobState;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work of jobs, several at the same time, each within its deadline. It has platform
 * threads of low priority, few for each processor: work that computes or blocks would starve the
 * virtual threads that serve the connectors.
 */
class JobRunner {

    private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS_PER_PROCESSOR = 2;
    private static final int IDLE_SECONDS = 30;

    private final JobLimits limits;
    private final Clock clock;
    private final Executor threads;

    JobRunner(JobLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.threads = threads(limits.atOnce());
    }

    @SuppressWarnings("ThreadPriorityCheck") // where the JVM is told to heed it
    private static Executor threads(int atOnce) {
        int most = Runtime.getRuntime().availableProcessors() * THREADS_PER_PROCESSOR;
        int size = Math.min(atOnce, most);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        size,
                        size,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // Jobs bounds it
                        Thread.ofPlatform()
                                .daemon()
                                .priority(Thread.MIN_PRIORITY)
                                .name("job-", 0)
                                .factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Runs the work once a thread is free, unless it was cancelled meanwhile. */
    void run(Job job, JobWork work) {
        threads.execute(
                () -> {
                    if (job.begin(Thread.currentThread(), clock.instant())) {
                        runInTime(job, work);
                    }
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it only interrupts
    private void runInTime(Job job, JobWork work) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(limits.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(
                        _ -> {
                            job.interrupt();
                            return null;
                        });
        try {
            JobResult result = work.run(job::publish);
            job.end(state(result), result, clock.instant());
        } catch (InterruptedException _) {
            fail(job, "deadline", "The time limit was reached.");
        } catch (Throwable ex) { // the job must end, and the thread goes on
            logger.error("A job failed", ex);
            fail(job, "internal", "The server failed to do the work.");
        } finally {
            job.releaseThread();
            over.complete(null);
        }
    }

    private void fail(Job job, String code, String text) {
        job.end(JobState.FAILED, new JobResult.Failed(code, text), clock.instant());
    }

    private static JobState state(JobResult result) {
        return switch (result) {
            case JobResult.Done _ -> JobState.DONE;
            case JobResult.Partial _ -> JobState.PARTIAL;
            case JobResult.Failed _ -> JobState.FAILED;
        };
    }
}
