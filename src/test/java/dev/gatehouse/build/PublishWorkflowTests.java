package dev.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The workflow that publishes a release, which does not run where Gatehouse is developed. */
class PublishWorkflowTests {

    private static final Path FILE = Path.of(".github/workflows/publish.yml");

    private static String text() throws IOException {
        return Files.readString(FILE);
    }

    @Test
    void actionsArePinnedByCommitAndNameTheirVersion() throws IOException {
        List<String> uses = text().lines().filter(line -> line.contains("uses: ")).toList();

        assertThat(uses)
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v[\\d.]+"));
    }

    /** A script with an expression in it runs what a tag's name or a title contains. */
    @Test
    void scriptsContainNoExpressions() throws IOException {
        Map<String, Map<String, Object>> workflow = new Yaml().load(text());

        assertThat(workflow.get("jobs")).containsOnlyKeys("verify", "image", "chart");
        Pattern script = Pattern.compile("run: (?:\\|\\n(?: {10}.*\\n)+|.*\\n)");
        assertThat(script.matcher(text()).results().map(m -> m.group()).toList())
                .hasSizeGreaterThan(4)
                .noneMatch(run -> run.contains("${{"));
    }

    @Test
    void workflowHasOnlyThePermissionsThatItsJobsName() throws IOException {
        assertThat(text()).contains("\npermissions: {}\n").doesNotContain(": write-all");
    }
}
