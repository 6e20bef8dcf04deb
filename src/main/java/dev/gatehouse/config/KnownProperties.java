package dev.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The properties under {@code gatehouse.}, as the generated metadata list them, with the fields of
 * those that are lists or maps of records.
 */
class KnownProperties {

    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";
    private static final Pattern LIST = Pattern.compile("java\\.util\\.List<(.*)>");
    private static final Pattern MAP =
            Pattern.compile("java\\.util\\.Map<java\\.lang\\.String, ?(.*)>");
    private static final String INDEX = "[]";

    /** In the place of a key that the configuration chooses. */
    private static final String KEY = ".*";

    /** By the name without dashes and in lower case. */
    private final Map<String, String> names = new TreeMap<>();

    private KnownProperties() {}

    static KnownProperties load() {
        KnownProperties known = new KnownProperties();
        try (InputStream metadata = KnownProperties.class.getResourceAsStream(METADATA)) {
            if (metadata == null) {
                throw new IllegalStateException("The classes were built without " + METADATA);
            }
            String json = new String(metadata.readAllBytes(), UTF_8);
            List<?> properties =
                    (List<?>) JsonParserFactory.getJsonParser().parseMap(json).get("properties");
            for (Object property : properties == null ? List.of() : properties) {
                Map<?, ?> entry = (Map<?, ?>) property;
                known.add(String.valueOf(entry.get("name")), String.valueOf(entry.get("type")));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return known;
    }

    private void add(String name, String type) {
        names.put(uniform(name), name);
        Matcher list = LIST.matcher(type);
        if (list.matches()) {
            names.put(uniform(name + INDEX), name + INDEX);
            addFields(name + INDEX, list.group(1));
        }
        Matcher map = MAP.matcher(type);
        if (map.matches()) {
            addFields(name + KEY, map.group(1));
        }
    }

    private void addFields(String name, String type) {
        for (RecordComponent field : fieldsOf(type)) {
            add(
                    name + "." + DataObjectPropertyName.toDashedForm(field.getName()),
                    field.getGenericType().getTypeName());
        }
    }

    private static List<RecordComponent> fieldsOf(String type) {
        try {
            RecordComponent[] fields = Class.forName(type).getRecordComponents();
            return fields == null ? List.of() : List.of(fields);
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }

    boolean contains(ConfigurationPropertyName name) {
        return names.containsKey(uniform(name, -1))
                || IntStream.range(0, name.getNumberOfElements())
                        .anyMatch(key -> names.containsKey(uniform(name, key)));
    }

    /** Whether that is a section of properties, which a file may leave empty. */
    boolean containsSection(ConfigurationPropertyName name) {
        String section = uniform(name, -1) + ".";
        return names.keySet().stream().anyMatch(known -> known.startsWith(section));
    }

    /** Whether an environment variable sets one of them, however dashes and indexes are written. */
    boolean containsVariable(String variable) {
        String letters = lettersOf(variable);
        return names.keySet().stream().anyMatch(known -> isVariable(letters, known));
    }

    private static boolean isVariable(String letters, String known) {
        int key = known.indexOf(KEY);
        if (key < 0) {
            return lettersOf(known).equals(letters);
        }
        String before = lettersOf(known.substring(0, key));
        String after = lettersOf(known.substring(key));
        return letters.length() > before.length() + after.length()
                && letters.startsWith(before)
                && letters.endsWith(after);
    }

    private static String lettersOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("_[0-9]+(?=_|$)|[^a-z0-9]", "");
    }

    /** The name that is spelled most like it, if one is like it at all. */
    Optional<String> nearest(String name) {
        String uniform = uniform(name);
        return names.entrySet().stream()
                .map(entry -> Map.entry(distance(uniform, entry.getKey()), entry.getValue()))
                .min(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .filter(entry -> entry.getKey() <= uniform.length() / 3)
                .map(Map.Entry::getValue);
    }

    /**
     * @param key the element that is the key of a map, or -1
     */
    private static String uniform(ConfigurationPropertyName name, int key) {
        StringBuilder uniform = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (i == key) {
                uniform.append(KEY);
            } else if (name.isNumericIndex(i)) {
                uniform.append(INDEX);
            } else {
                uniform.append(i == 0 ? "" : ".").append(name.getElement(i, Form.UNIFORM));
            }
        }
        return uniform.toString();
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replaceAll("\\[[0-9]+]", INDEX);
    }

    /** Levenshtein's: the characters to add, remove or replace. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        int[] current = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swapped = previous;
            previous = current;
            current = swapped;
        }
        return previous[other.length()];
    }
}
