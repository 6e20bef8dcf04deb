package dev.gatehouse.tools.job;

import java.time.Duration;

/**
 * How much of it there may be.
 *
 * @param atOnce jobs that run at the same time
 * @param queued jobs that wait; what comes on top is turned away
 * @param deadline time within which a job is over, from when it begins to run
 * @param kept time for which a job that is over can be asked for
 * @param remembered jobs that are kept at most; the oldest that is over goes first
 */
public record JobLimits(int atOnce, int queued, Duration deadline, Duration kept, int remembered) {}
