package dev.gatehouse.tools.job;

/** What work came to. */
public sealed interface JobResult {

    /** All of it. */
    record Done(Object result) implements JobResult {}

    /** As much as the time allowed. */
    record Partial(Object result) implements JobResult {}

    /** Nothing, and why, for whoever asked: {@code code} from a closed list, {@code text} said. */
    record Failed(String code, String text) implements JobResult {}
}
