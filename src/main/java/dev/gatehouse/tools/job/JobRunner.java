package dev.gatehouse.tools.job;

import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the work of jobs, some at the same time, each within its deadline. */
class JobRunner {

    private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

    private final JobLimits limits;
    private final Clock clock;
    private final Semaphore running;

    JobRunner(JobLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.running = new Semaphore(limits.atOnce(), true);
    }

    /** Waits for a place, and does the work unless it was cancelled meanwhile. */
    void run(Job job, JobWork work) {
        try {
            running.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (job.begin(Thread.currentThread())) {
                runInTime(job, work);
            }
        } finally {
            running.release();
        }
    }

    private void runInTime(Job job, JobWork work) {
        Thread clockwork = Thread.ofVirtual().name("deadline").start(() -> interruptLate(job));
        try {
            JobResult result = work.run(job::tell);
            job.end(state(result), result, clock.instant());
        } catch (InterruptedException _) {
            fail(job, "deadline", "The time for it was over.");
        } catch (RuntimeException ex) {
            logger.error("A job failed", ex);
            fail(job, "internal", "Something broke on our side.");
        } finally {
            job.leave();
            clockwork.interrupt();
        }
    }

    private void interruptLate(Job job) {
        try {
            Thread.sleep(limits.deadline());
            job.interrupt();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it was over in time
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
