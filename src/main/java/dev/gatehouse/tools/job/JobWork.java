package dev.gatehouse.tools.job;

/** The work of a job. Runs in a thread of its own, which is interrupted when it is to end. */
@FunctionalInterface
public interface JobWork {

    JobResult run(JobProgress progress) throws InterruptedException;
}
