package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract by hand says what the code does: each field, each word. */
class OpenApiTests {

    static List<Map.Entry<String, Class<? extends Record>>> schemas() {
        return List.of(
                Map.entry("FrontDoorRequest", FrontDoorTool.CheckRequest.class),
                Map.entry("FrontDoorReport", FrontDoorTool.Score.class),
                Map.entry("FrontDoorFinding", Finding.class));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemaWhenComparedWithItsRecordHasTheSameFieldsAndWords(
            Map.Entry<String, Class<? extends Record>> schema) throws IOException {
        JsonNode properties =
                contract().at("/components/schemas/" + schema.getKey() + "/properties");

        assertThat(properties.propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(schema.getValue().getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList());
        for (RecordComponent component : schema.getValue().getRecordComponents()) {
            Object[] words = component.getType().getEnumConstants();
            if (words != null) {
                assertThat(properties.at("/" + component.getName() + "/enum").valueStream())
                        .extracting(JsonNode::asString)
                        .containsExactly(
                                Arrays.stream(words).map(Object::toString).toArray(String[]::new));
            }
        }
    }

    private static JsonNode contract() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        OpenApiTests.class.getResourceAsStream("/openapi/front-door.json"))) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
