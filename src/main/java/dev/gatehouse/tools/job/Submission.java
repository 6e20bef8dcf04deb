package dev.gatehouse.tools.job;

/** The outcome of submitting a job. */
public sealed interface Submission {

    /** It was accepted now. */
    record Accepted(Job job) implements Submission {}

    /** The caller submitted the same with the same idempotency key before. */
    record Replayed(Job job) implements Submission {}

    /** The queue is full. */
    record QueueFull() implements Submission {}

    /** The caller has too many jobs of the tool that have not ended. */
    record TooManyUnfinished() implements Submission {}

    /** The idempotency key was used before for another request. */
    record KeyReused() implements Submission {}
}
