package dev.gatehouse.tools.job;

import java.time.Duration;

/** What became of a job that was handed in. */
public sealed interface Submission {

    /** It waits or runs; or, by its idempotency key, has done so before. */
    record Accepted(Job job) implements Submission {}

    /** The queue is full. */
    record QueueFull(Duration retryAfter) implements Submission {}

    /** The idempotency key was used before, for something else. */
    record KeyReused() implements Submission {}
}
