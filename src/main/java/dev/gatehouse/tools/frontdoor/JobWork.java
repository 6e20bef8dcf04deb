package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobResult;

/** The work of a job. Its thread is interrupted at the deadline and when the job is cancelled. */
@FunctionalInterface
public interface JobWork {

    JobResult run(JobReporter reporter) throws InterruptedException;
}
