package dev.gatehouse.tools.job;

/**
 * Whether a tool takes a request.
 *
 * @param <R> the tool's request
 */
public sealed interface Acceptance<R> {

    /**
     * It does.
     *
     * @param request the request with its defaults, as it is stored and run
     * @param target what the limit per target counts, such as the host
     */
    record Accepted<R>(R request, String target) implements Acceptance<R> {}

    /** It does not. */
    record Refused<R>(ToolProblem problem) implements Acceptance<R> {}
}
