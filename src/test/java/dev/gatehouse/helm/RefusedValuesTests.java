package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of values.schema.json and of the chart's own checks, with values that break it and the
 * message that says so.
 */
class RefusedValuesTests {

    private static final Path ROWS =
            Path.of("src/test/resources/dev/gatehouse/helm/refused-values.txt");

    /** Values on a line, and under it, indented, what Helm says of them. */
    static List<Arguments> rows() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        List<String> messages = List.of();
        for (String line : Files.readAllLines(ROWS)) {
            if (line.startsWith(" ")) {
                messages.add(line.strip());
            } else {
                messages = new ArrayList<>();
                rows.add(Arguments.of(line, messages));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void valuesWhenTheyBreakARuleAreRefusedAndTheMessageSaysWhy(
            String values, List<String> messages) {
        IllegalStateException refusal =
                catchThrowableOfType(IllegalStateException.class, () -> HelmChart.render(values));

        assertThat(refusal).as("refused").isNotNull();
        assertThat(complaints(String.valueOf(refusal.getMessage()))).isEqualTo(messages);
    }

    /** Less Helm's own words around them. */
    private static List<String> complaints(String message) {
        return message.lines()
                .map(String::strip)
                .map(line -> line.replaceFirst("^- (?=at )", ""))
                .map(line -> line.replaceFirst("^execution error at \\([^)]*\\): ", ""))
                .filter(line -> !line.endsWith("'allOf' failed"))
                .filter(line -> !line.isEmpty() && !line.startsWith("Use --debug"))
                .filter(line -> !line.startsWith("values don't meet") && !line.equals("gatehouse:"))
                .toList();
    }
}
