package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.job.ToolRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract of the API (OpenAPI 3.1): what all tools share, and for each tool its paths, made
 * from templates, and its fragment {@code openapi/<tool>.json}. A fragment says the prefix of the
 * tool's schemas and the schema of each kind of rows, and holds the schemas {@code PrefixRequest},
 * {@code PrefixReport} (without the rows) and whatever these refer to; anything it holds is merged
 * into the document.
 */
class OpenApiDocument {

    private static final String IN_MEMORY =
            " Jobs are kept in the memory of one instance: a restart forgets them, and other"
                    + " instances do not know them.";
    private static final String SHARED = " All instances answer for all jobs.";

    private static final String ANY_ERROR = "Error";
    private static final String PROBLEM = "application~1problem+json";

    private final JobTools tools;
    private final boolean isShared;
    private final JsonMapper json;

    /**
     * @param isShared whether all instances see the same jobs
     */
    OpenApiDocument(JobTools tools, boolean isShared, JsonMapper json) {
        this.tools = tools;
        this.isShared = isShared;
        this.json = json;
    }

    /** The document for the tools that are enabled. */
    ObjectNode build() {
        ObjectNode document = read("shared", Map.of());
        ObjectNode info = (ObjectNode) document.get("info");
        info.put(
                "description",
                info.get("description").asString() + (isShared ? SHARED : IN_MEMORY));
        for (ToolRegistration tool : tools.all()) {
            add(document, tool);
        }
        ArrayNode codes =
                (ArrayNode) document.at("/components/schemas/Problem/properties/code/enum");
        codes(_ -> true).forEach(codes::add);
        ArrayNode failures =
                ((ObjectNode) document.at("/components/schemas/Failure/properties/code"))
                        .putArray("enum");
        Stream.concat(
                        Stream.of(JobRunner.DEADLINE, JobRunner.INTERNAL),
                        tools.all().stream().flatMap(tool -> tool.tool().get().problems().stream()))
                .map(ToolProblem::code)
                .distinct()
                .forEach(failures::add);
        for (Map.Entry<String, JsonNode> response :
                document.at("/components/responses").properties()) {
            if (!response.getKey().equals(ANY_ERROR)) {
                narrowCodes((ObjectNode) response.getValue().at("/content/" + PROBLEM));
            }
        }
        return document;
    }

    /** An error of a status has only the codes of that status. */
    private void narrowCodes(ObjectNode problem) {
        int status = problem.at("/example/status").asInt();
        JsonNode shared = problem.get("schema");
        ArrayNode all = problem.putObject("schema").putArray("allOf").add(shared);
        ArrayNode codes =
                all.addObject()
                        .put("type", "object")
                        .putObject("properties")
                        .putObject("code")
                        .put("type", "string")
                        .putArray("enum");
        codes(found -> found == status).forEach(codes::add);
    }

    private Stream<String> codes(IntPredicate ofStatus) {
        return Stream.concat(
                        Arrays.stream(ApiProblem.values())
                                .filter(problem -> ofStatus.test(problem.status().value()))
                                .map(ApiProblem::code),
                        tools.all().stream()
                                .flatMap(tool -> tool.tool().get().problems().stream())
                                .filter(problem -> problem.status() != 0)
                                .filter(problem -> ofStatus.test(problem.status()))
                                .map(ToolProblem::code))
                .distinct();
    }

    private void add(ObjectNode document, ToolRegistration registration) {
        JobTool<?> tool = registration.tool().get();
        ObjectNode fragment = read(registration.name(), Map.of());
        String prefix = fragment.remove("prefix").asString();
        JsonNode schemas = Objects.requireNonNull(fragment.remove("rows"));
        Map<String, String> names =
                Map.of(
                        "path", registration.path(),
                        "page", registration.page(),
                        "prefix", prefix,
                        "title", registration.title(),
                        "tool", registration.name());
        ((ArrayNode) document.get("tags"))
                .addObject()
                .put("name", registration.title())
                .put("description", registration.description());
        merge(document, read("job.template", names));
        merge(document, fragment);
        addExample(document, registration.path(), prefix);
        boolean first = true;
        for (RowKind kind : tool.rowKinds()) {
            merge(document, rows(kind, first, schemas.get(kind.name()).asString(), names));
            first = false;
        }
        if (tool.export().isPresent()) {
            merge(document, read("export.template", names));
        }
    }

    /** The example of an accepted job has the example of the request. */
    private static void addExample(ObjectNode document, String path, String prefix) {
        JsonNode request = document.at("/components/schemas/" + prefix + "Request/examples/0");
        JsonNode response =
                document.get("paths")
                        .get(path)
                        .at("/post/responses/202/content/application~1json/example");
        if (response instanceof ObjectNode example && request.isObject()) {
            example.set("request", request.deepCopy());
        }
    }

    private ObjectNode rows(RowKind kind, boolean first, String schema, Map<String, String> names) {
        Map<String, String> all = new HashMap<>(names);
        all.put("kind", kind.name());
        all.put("Kind", JobViews.capital(kind.name()));
        all.put("next", JobViews.next(kind, first));
        all.put("schema", schema);
        ObjectNode rows = read("rows.template", all);
        ObjectNode operation =
                (ObjectNode)
                        rows.get("paths")
                                .get(names.get("path") + "/{id}/" + kind.name())
                                .get("get");
        ArrayNode parameters = (ArrayNode) operation.get("parameters");
        for (RowKind.Facet facet : kind.facets()) {
            ObjectNode parameter =
                    parameters.addObject().put("name", facet.name()).put("in", "query");
            parameter.put("description", "Rows with one of these values");
            ObjectNode items =
                    parameter
                            .putObject("schema")
                            .put("type", "array")
                            .putObject("items")
                            .put("type", "string");
            if (!facet.values().isEmpty()) {
                facet.values().forEach(items.putArray("enum")::add);
            }
        }
        return rows;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> member : from.properties()) {
            JsonNode present = into.get(member.getKey());
            if (present instanceof ObjectNode object
                    && member.getValue() instanceof ObjectNode other) {
                merge(object, other);
            } else {
                into.set(member.getKey(), member.getValue());
            }
        }
    }

    private ObjectNode read(String name, Map<String, String> values) {
        String path = "/openapi/" + name + ".json";
        try (InputStream in =
                Objects.requireNonNull(
                        OpenApiDocument.class.getResourceAsStream(path), path + " is missing")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            return (ObjectNode) json.readTree(text);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
