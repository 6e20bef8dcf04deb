package dev.gatehouse.tools.frontdoor;

import java.time.Duration;

/**
 * Limits of the jobs of one tool.
 *
 * @param atOnce jobs that run at the same time
 * @param queued jobs that wait; further ones are refused
 * @param deadline time limit of a job, from its start
 * @param kept time for which an ended job is kept
 * @param remembered jobs that are kept at most; the oldest that has ended is removed first
 */
public record JobLimits(int atOnce, int queued, Duration deadline, Duration kept, int remembered) {}
