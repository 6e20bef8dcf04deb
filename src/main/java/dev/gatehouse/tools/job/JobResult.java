package dev.gatehouse.tools.job;

/** The result of work. */
public sealed interface JobResult {

    /** Complete. */
    record Done(Object result) implements JobResult {}

    /** As much as the limits allowed. */
    record Partial(Object result) implements JobResult {}

    /** None, with the reason as an enumerated code and in a sentence. */
    record Failed(String code, String text) implements JobResult {}
}
