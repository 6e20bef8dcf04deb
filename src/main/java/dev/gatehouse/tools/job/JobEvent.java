package dev.gatehouse.tools.job;

/**
 * An event of a job. Events are numbered from 1 without a gap, so that a client that lost the
 * connection can continue after the last one it received, on any instance.
 *
 * @param type {@code state}, {@code progress}, or a type of the tool
 * @param data as JSON; of {@code state} the state's name as a string, of {@code progress} a {@link
 *     JobProgress}
 */
public record JobEvent(long id, String type, String data) {

    /** Whether no event comes after it. */
    public boolean isLast() {
        return type.equals("state") && JobState.valueOf(data.replace("\"", "")).isFinal();
    }
}
