package dev.gatehouse.tools.job;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * How the rows of a kind are exported as CSV, Markdown and JUnit.
 *
 * @param columns the names of the columns
 * @param line the line of a row, given as the API shows it
 */
public record JobExport(String kind, List<String> columns, Function<JsonNode, Line> line) {

    /** What a row means as a test. */
    public enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * An exported row.
     *
     * @param cells a text for each column
     * @param name what it is called as a test
     * @param message why it failed or was skipped, or empty
     */
    public record Line(List<String> cells, Outcome outcome, String name, String message) {}
}
