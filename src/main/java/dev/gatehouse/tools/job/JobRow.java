package dev.gatehouse.tools.job;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of a result, as it was stored.
 *
 * @param number rises in the order in which rows were first written
 * @param json its data
 */
public record JobRow(
        long number, String kind, String key, Map<String, String> facets, String json) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Its data as a tree. */
    public JsonNode data() {
        return MAPPER.readTree(json);
    }

    /** Its data as the record that was written. */
    public <T> T as(Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
