package dev.gatehouse.tools.frontdoor;

import java.time.Duration;

/** The outcome of submitting a job. */
public sealed interface Submission {

    /** It was accepted now, or before with the same idempotency key. */
    record Accepted(Job job) implements Submission {}

    /** The queue is full. */
    record QueueFull(Duration retryAfter) implements Submission {}

    /** The idempotency key was used before for another request. */
    record KeyReused() implements Submission {}
}
