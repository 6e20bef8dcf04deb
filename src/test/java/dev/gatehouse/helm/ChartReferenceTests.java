package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart's README has a row for every value, as values.yaml and the schema have it. */
class ChartReferenceTests {

    private static final Path README = HelmChart.FOLDER.resolve("README.md");

    private final JsonNode schema = json("values.schema.json");
    private final JsonNode values = yaml();

    @Test
    void readmeWhenComparedWithTheSchemaHasEveryRowAndNoOther() throws IOException {
        List<String> rows = new ArrayList<>();
        collect("", schema, values, rows);

        assertThat(Files.readAllLines(README))
                .filteredOn(line -> line.startsWith("| `"))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void appVersionWhenComparedWithThePomIsTheSame() throws IOException {
        String chart = Files.readString(HelmChart.FOLDER.resolve("Chart.yaml"));
        String version = chart.replaceFirst("(?s).*appVersion: (\\S+).*", "$1");

        assertThat(Files.readString(Path.of("pom.xml")))
                .contains(
                        "<artifactId>gatehouse</artifactId>\n    <version>"
                                + version
                                + "</version>");
    }

    @Test
    void schemaWhenReadIsClosedAndDescribesEveryKey() {
        assertThatIsClosed("", schema, values);
    }

    private static void assertThatIsClosed(String path, JsonNode schema, JsonNode values) {
        if (!path.isEmpty()) {
            assertThat(schema.path("description").asString()).as(path).isNotEmpty();
        }
        if (!isGroup(schema)) {
            return;
        }
        if (!path.contains("ecurityContext")) { // Kubernetes has more there than we decide
            assertThat(schema.at("/additionalProperties").asBoolean(true)).as(path).isFalse();
        }
        assertThat(schema.get("properties").propertyNames())
                .as(path)
                .containsAll(values.propertyNames());
        values.properties()
                .forEach(
                        entry ->
                                assertThatIsClosed(
                                        path + "/" + entry.getKey(),
                                        schema.get("properties").get(entry.getKey()),
                                        entry.getValue()));
    }

    private static void collect(
            String prefix, JsonNode schema, JsonNode values, List<String> rows) {
        values.properties()
                .forEach(
                        entry -> {
                            String name = prefix + entry.getKey();
                            JsonNode key = schema.get("properties").get(entry.getKey());
                            if (isGroup(key)) {
                                collect(name + ".", key, entry.getValue(), rows);
                            } else {
                                rows.add(row(name, entry.getValue(), key));
                            }
                        });
    }

    private static boolean isGroup(JsonNode schema) {
        return schema.has("properties");
    }

    private static String row(String name, JsonNode value, JsonNode schema) {
        String text = value.isString() ? value.asString() : value.toString();
        return "| `%s` | %s | %s |"
                .formatted(
                        name,
                        text.isEmpty() || text.equals("null") ? "" : "`" + text + "`",
                        schema.path("description").asString());
    }

    private static JsonNode json(String file) {
        return JsonMapper.shared().readTree(HelmChart.FOLDER.resolve(file));
    }

    private static JsonNode yaml() {
        try {
            return JsonMapper.shared()
                    .valueToTree(
                            new Yaml()
                                    .load(
                                            Files.readString(
                                                    HelmChart.FOLDER.resolve("values.yaml"))));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
