package dev.gatehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/configuration.md has a row for every property of Gatehouse, as the code documents it. */
class ConfigurationReferenceTests {

    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "```yaml\n((?:gatehouse|spring|server|management)[.:].*?)```", Pattern.DOTALL);
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

    /**
     * Each example begins with a property; what does not is a chart's values or another program's.
     */
    @Test
    void examplesWhenGatehouseReadsThemHoldKnownPropertiesAlone() throws IOException {
        List<String> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(REFERENCE.getParent())) {
            for (Path file :
                    Stream.concat(files, Stream.of(Path.of("README.md")))
                            .filter(path -> path.toString().endsWith(".md"))
                            .toList()) {
                Matcher yaml = EXAMPLE.matcher(Files.readString(file));
                while (yaml.find()) {
                    examples.add(yaml.group(1));
                }
            }
        }

        assertThat(examples).hasSizeGreaterThan(10).allSatisfy(ConfigurationReferenceTests::check);
    }

    private static void check(String example) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(example.getBytes(UTF_8)));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new AnyVariable());
        environment
                .getPropertySources()
                .addFirst(
                        new PropertiesPropertySource(
                                "example", Objects.requireNonNull(yaml.getObject())));

        ConfigurationCheck.check(environment);
    }

    /** Has the variables that an example names. */
    private static final class AnyVariable extends PropertySource<Object> {

        AnyVariable() {
            super("variables", new Object());
        }

        @Override
        public @Nullable Object getProperty(String name) {
            return name.matches("[A-Z_]+") ? "0123456789abcdef" : null;
        }
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
