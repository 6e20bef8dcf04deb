package dev.gatehouse.helm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Helm rendered: objects for Kubernetes, in their order. */
record Manifests(List<JsonNode> objects) implements Iterable<JsonNode> {

    static Manifests parse(String yaml) {
        List<JsonNode> objects = new ArrayList<>();
        for (Object document : strict().loadAll(yaml)) {
            if (document instanceof Map<?, ?> map) {
                objects.add(JsonMapper.shared().valueToTree(map));
            }
        }
        return new Manifests(List.copyOf(objects));
    }

    /** As the API server has it: a key twice is a mistake. */
    private static Yaml strict() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    List<JsonNode> all(String kind) {
        return objects.stream().filter(object -> kind(object).equals(kind)).toList();
    }

    boolean has(String kind) {
        return !all(kind).isEmpty();
    }

    /** The only object of its kind. */
    JsonNode only(String kind) {
        List<JsonNode> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind);
        }
        return found.getFirst();
    }

    JsonNode podTemplate() {
        return only("Deployment").at("/spec/template");
    }

    JsonNode container() {
        return podTemplate().at("/spec/containers/0");
    }

    /** The application's configuration that rolls the pods. */
    String applicationYml() {
        return configuration("application.yml");
    }

    /** The application's configuration that is reloaded. */
    String reloadableYml() {
        return configuration("reloadable.yml");
    }

    private String configuration(String name) {
        return all("ConfigMap").stream()
                .map(map -> map.at("/data").path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst()
                .orElseThrow();
    }

    static String kind(JsonNode object) {
        return object.at("/kind").asString();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    @Override
    public Iterator<JsonNode> iterator() {
        return objects.iterator();
    }
}
