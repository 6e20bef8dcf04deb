package dev.gatehouse.tools.job;

/**
 * A reason to refuse a request, or for which a job fails.
 *
 * @param code in lower case with hyphens; part of the contract
 * @param status 400 or 422 where it refuses a request; 0 where a job fails with it
 * @param text a sentence for people
 */
public record ToolProblem(String code, int status, String text) {

    /** A job that fails with it. */
    public JobResult.Failed failure() {
        return new JobResult.Failed(code, text);
    }
}
