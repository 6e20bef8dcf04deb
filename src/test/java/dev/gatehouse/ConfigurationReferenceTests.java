package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/configuration.md has a row for every property of Gatehouse, as the code documents it. */
class ConfigurationReferenceTests {

    private static final Path REFERENCE = Path.of("docs", "configuration.md");
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    @Test
    void referenceWhenComparedWithTheCodeHasEveryRow() throws IOException {
        assertThat(Files.readAllLines(REFERENCE)).containsAll(rows());
    }

    @Test
    void referenceWhenComparedWithTheCodeHasNoPropertyTooMany() throws IOException {
        List<String> rows = rows();

        assertThat(Files.readAllLines(REFERENCE))
                .filteredOn(line -> line.startsWith("| `gatehouse."))
                .allSatisfy(line -> assertThat(rows).contains(line));
    }

    /** The metadata have nothing of what stands in a list. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.gatehouse.gateway.GatewayProperties$GatewaySpec",
                "dev.gatehouse.site.SiteProperties$HeaderRule",
                "dev.gatehouse.site.SiteProperties$RedirectRule",
                "dev.gatehouse.tls.CertificateProperties"
            })
    void referenceWhenPropertyIsListHasRowOfEachField(String entry) throws Exception {
        String reference = Files.readString(REFERENCE);

        assertThat(Class.forName(entry).getRecordComponents())
                .extracting(field -> DataObjectPropertyName.toDashedForm(field.getName()))
                .allSatisfy(name -> assertThat(reference).contains("\n| `" + name + "` | "));
    }

    private static List<String> rows() throws IOException {
        try (InputStream metadata =
                Objects.requireNonNull(GatehouseApplication.class.getResourceAsStream(METADATA))) {
            JsonNode properties = JsonMapper.shared().readTree(metadata).get("properties");
            return StreamSupport.stream(properties.spliterator(), false)
                    .map(ConfigurationReferenceTests::row)
                    .sorted()
                    .toList();
        }
    }

    private static String row(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        return "| `%s` | %s | %s |"
                .formatted(
                        property.get("name").asString(),
                        value.isValueNode() ? "`" + value.asString() + "`" : "",
                        property.path("description")
                                .asString()
                                .replaceAll("\\{@code ([^}]*)}", "`$1`"));
    }
}
