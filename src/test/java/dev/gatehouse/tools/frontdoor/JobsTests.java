package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Each state of a job, and the bounds of the queue. */
class JobsTests {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final long LONG = 20_000;

    private final MovedClock clock = new MovedClock();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void jobWhenItsWorkIsDoneHasTheResult() throws InterruptedException {
        Job job = submit(jobs(LONG), _ -> new JobResult.Done("x"));

        assertThat(job.await(LONG)).isTrue();
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.result()).isEqualTo(new JobResult.Done("x"));
        assertThat(job.events())
                .extracting(JobEvent::data)
                .containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.DONE);
    }

    @Test
    void jobWhenItsWorkBreaksFails() throws InterruptedException {
        Job job =
                submit(
                        jobs(LONG),
                        _ -> {
                            throw new IllegalStateException("broken on purpose");
                        });

        assertThat(job.await(LONG)).isTrue();
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.result())
                .hasToString("Failed[code=internal, text=The server failed to do the work.]");
    }

    @Test
    void jobWhenItsWorkThrowsAnErrorFailsAndTheNextOneRuns() throws InterruptedException {
        Jobs jobs = jobs(LONG);
        Job job =
                submit(
                        jobs,
                        _ -> {
                            throw new StackOverflowError("on purpose");
                        });

        assertThat(job.await(LONG)).isTrue();
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(submit(jobs, _ -> new JobResult.Done("next")).await(LONG)).isTrue();
    }

    /** Virtual threads serve the connectors: work that computes would starve them. */
    @Test
    void jobWhenItRunsHasAPlatformThread() throws InterruptedException {
        Job job = submit(jobs(LONG), _ -> new JobResult.Done(Thread.currentThread().isVirtual()));

        assertThat(job.await(LONG)).isTrue();
        assertThat(job.result()).isEqualTo(new JobResult.Done(false));
    }

    @Test
    void jobWhenItsTimeIsOverIsInterrupted() throws InterruptedException {
        Job job = submit(jobs(50), _ -> blocked());

        assertThat(job.await(LONG)).isTrue();
        assertThat(job.state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void jobWhenCancelledWhileItRunsIsInterruptedAndStaysCancelled() throws InterruptedException {
        Jobs jobs = jobs(LONG);
        CountDownLatch running = new CountDownLatch(1);
        Job job =
                submit(
                        jobs,
                        _ -> {
                            running.countDown();
                            return blocked();
                        });
        running.await();

        jobs.cancel(job);

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(submit(jobs, _ -> new JobResult.Done("next")).await(LONG)).isTrue();
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void jobWhenTheQueueIsFullIsTurnedAway() {
        Jobs jobs = jobs(LONG);
        for (int i = 0; i < 3; i++) {
            jobs.submit("owner", null, "r", _ -> blocked());
        }

        Submission last = jobs.submit("owner", null, "r", _ -> blocked());
        while (last instanceof Submission.Accepted) { // one or none of them runs by now
            last = jobs.submit("owner", null, "r", _ -> blocked());
        }

        assertThat(last).isEqualTo(new Submission.QueueFull(Duration.ofMillis(LONG)));
        gate.countDown();
    }

    @Test
    void jobWhenKeptLongEnoughExpiresAndIsThenForgotten() throws InterruptedException {
        Jobs jobs = jobs(LONG);
        Job job = submit(jobs, _ -> new JobResult.Done("x"));
        assertThat(job.await(LONG)).isTrue();

        clock.now = clock.now.plus(KEPT).plusSeconds(1);
        assertThat(jobs.find(job.id()).map(jobs::isExpired)).contains(true);

        clock.now = clock.now.plus(KEPT);
        assertThat(jobs.find(job.id())).isEmpty();
    }

    @Test
    void jobWhenWatchedFromAnEventOnHearsWhatComesAfter() throws InterruptedException {
        Job job =
                submit(
                        jobs(LONG),
                        reporter -> {
                            reporter.publish("step", 1);
                            return new JobResult.Partial("half");
                        });
        assertThat(job.await(LONG)).isTrue();
        var heard = new ArrayList<JobEvent>();

        job.subscribe(2, heard::add).close();

        assertThat(heard)
                .containsExactly(
                        new JobEvent(3, "step", 1), new JobEvent(4, "state", JobState.PARTIAL));
    }

    private JobResult blocked() throws InterruptedException {
        gate.await();
        return new JobResult.Done("late");
    }

    private Jobs jobs(long deadlineMillis) {
        return new Jobs(new JobLimits(1, 2, Duration.ofMillis(deadlineMillis), KEPT, 50), clock);
    }

    private static Job submit(Jobs jobs, JobWork work) {
        return switch (jobs.submit("owner", null, "request", work)) {
            case Submission.Accepted(var job) -> job;
            case Submission.QueueFull _, Submission.KeyReused _ -> throw new AssertionError();
        };
    }

    private static final class MovedClock extends Clock {

        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
