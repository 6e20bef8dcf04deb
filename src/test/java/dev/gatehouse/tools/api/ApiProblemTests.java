package dev.gatehouse.tools.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each code is documented. */
class ApiProblemTests {

    @ParameterizedTest
    @EnumSource(ApiProblem.class)
    void problemWhenLookedUpIsInTheDocumentation(ApiProblem problem) throws IOException {
        assertThat(Files.readString(Path.of("docs/api.md")))
                .contains(
                        "| <a id=\"%s\"></a>`%s` | %d |"
                                .formatted(
                                        problem.code(), problem.code(), problem.status().value()));
    }
}
