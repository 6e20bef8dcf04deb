package dev.gatehouse.reload;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;

/** The properties that files set, each with the value that counts, wherever that comes from. */
final class FileProperties {

    private static final String RANDOM = "${random.";

    private FileProperties() {}

    /**
     * @param fixed the sources that no file makes
     */
    static Map<ConfigurationPropertyName, String> in(
            ConfigurableEnvironment environment, List<PropertySource<?>> fixed) {
        Iterable<ConfigurationPropertySource> sources =
                ConfigurationPropertySources.get(environment);
        Map<ConfigurationPropertyName, String> values = new TreeMap<>();
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource iterable
                    && source.getUnderlyingSource() instanceof PropertySource<?> underlying
                    && !fixed.contains(underlying)) {
                iterable.forEach(
                        name ->
                                values.computeIfAbsent(
                                        name, _ -> value(environment, sources, name)));
            }
        }
        return values;
    }

    /** The first of several values counts. */
    private static String value(
            ConfigurableEnvironment environment,
            Iterable<ConfigurationPropertySource> sources,
            ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : sources) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return resolved(environment, String.valueOf(property.getValue()));
            }
        }
        return "";
    }

    /** As written where it is another each time, or leads back to itself. */
    private static String resolved(ConfigurableEnvironment environment, String text) {
        try {
            return text.contains(RANDOM) ? text : environment.resolvePlaceholders(text);
        } catch (PlaceholderResolutionException _) {
            return text;
        }
    }

    /** The names of those that only one of them has, or that differ. */
    static Set<ConfigurationPropertyName> changed(
            Map<ConfigurationPropertyName, String> one,
            Map<ConfigurationPropertyName, String> other) {
        Set<ConfigurationPropertyName> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(
                name ->
                        one.containsKey(name)
                                && other.containsKey(name)
                                && one.getOrDefault(name, "").equals(other.get(name)));
        return names;
    }
}
