package dev.gatehouse.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Stops the start at a mistake in the configuration that binding would pass over: an unknown
 * property under {@code gatehouse.}, or a placeholder without a value, which would be taken for the
 * value itself.
 */
public class ConfigurationCheck
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("gatehouse");
    private static final String REFERENCE = "Every property is in docs/configuration.md.";
    private static final String VARIABLE_PREFIX = "GATEHOUSE_";

    /** What Kubernetes sets for each Service, whose name may begin as our properties do. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".*_SERVICE_HOST|.*_SERVICE_PORT(_.*)?|.*_PORT|.*_PORT_[0-9]+_.*");

    /** The value of its variable NAME_PORT. */
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*:[0-9]+");

    /** What scripts around Gatehouse use. */
    private static final Pattern OF_SCRIPTS =
            Pattern.compile("GATEHOUSE_(HOME|JAR|OPTS|VERSION|(CI|JDK|MVNW)_.*)");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
    }

    /**
     * Checks all properties of an environment.
     *
     * @throws InvalidPropertyException at the first mistake
     */
    public static void check(ConfigurableEnvironment environment) {
        KnownProperties known = KnownProperties.load();
        Set<ConfigurationPropertyName> checked = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
                Stream.of(variables.getPropertyNames()).forEach(name -> checkVariable(known, name));
            } else {
                namesIn(source).forEach(name -> checkName(known, source, name));
            }
            namesIn(source)
                    .filter(checked::add) // of several values the first wins
                    .forEach(
                            name -> {
                                checkPlaceholders(environment, source, name);
                                checkServiceLink(source, name);
                                UnsupportedProperty.check(
                                        name,
                                        valueOf(source, name),
                                        environment::resolvePlaceholders);
                            });
        }
    }

    private static Stream<ConfigurationPropertyName> namesIn(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource iterable
                ? iterable.stream()
                : Stream.empty();
    }

    private static void checkName(
            KnownProperties known,
            ConfigurationPropertySource source,
            ConfigurationPropertyName name) {
        if (!ROOT.isAncestorOf(name) || known.contains(name)) {
            return;
        }
        String value = valueOf(source, name);
        if (value.isEmpty() && known.containsSection(name)) {
            return;
        }
        String nearest = known.nearest(name.toString()).orElse("");
        throw unknown(
                name.toString(),
                mayHoldSecret(name.toString()) || mayHoldSecret(nearest) ? "******" : value,
                nearest);
    }

    private static void checkVariable(KnownProperties known, String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        if (!name.startsWith(VARIABLE_PREFIX)
                || known.containsVariable(name)
                || SERVICE_LINK.matcher(name).matches()
                || OF_SCRIPTS.matcher(name).matches()) {
            return;
        }
        String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
        throw unknown(
                variable,
                "******",
                known.nearest(property.replaceAll("\\.[0-9]+", "[]"))
                        .map(ConfigurationCheck::variableOf)
                        .orElse(""));
    }

    /** Stops at a port that is the address of a Service whose name is as the property's. */
    private static void checkServiceLink(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        String value = valueOf(source, name);
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
                && name.toString().matches("(gatehouse|server|management)\\.(.*\\.)?port")
                && SERVICE_ADDRESS.matcher(value).matches()) {
            String variable = variableOf(name.toString());
            String service = variable.replaceAll("_PORT$", "").replace('_', '-');
            throw new InvalidPropertyException(
                    variable,
                    value,
                    "is no port, but what Kubernetes sets for a Service named "
                            + service.toLowerCase(Locale.ROOT),
                    "Set enableServiceLinks: false in the pod, set the variable in the container,"
                            + " which wins, or rename the Service.");
        }
    }

    private static String variableOf(String property) {
        return property.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace("[]", "_0")
                .replace(".*", "_NAME")
                .replace('.', '_');
    }

    private static InvalidPropertyException unknown(String name, String value, String nearest) {
        return new InvalidPropertyException(
                name,
                value,
                "is not a property of Gatehouse",
                nearest.isEmpty() ? REFERENCE : "Did you mean " + nearest + "? " + REFERENCE);
    }

    private static void checkPlaceholders(
            ConfigurableEnvironment environment,
            ConfigurationPropertySource source,
            ConfigurationPropertyName name) {
        boolean isCredential = isCredential(name.toString());
        if (!ROOT.isAncestorOf(name) && !isCredential) {
            return;
        }
        String value = valueOf(source, name);
        try {
            environment.resolveRequiredPlaceholders(value);
        } catch (PlaceholderResolutionException ex) {
            String placeholder = "${" + ex.getPlaceholder() + "}";
            throw new InvalidPropertyException(
                    name.toString(),
                    isCredential && !value.equals(placeholder) ? "******" : value,
                    "has a placeholder without a value, " + placeholder,
                    "Set the environment variable or property "
                            + ex.getPlaceholder()
                            + ", or leave out "
                            + name
                            + "; \\${ is a literal ${.",
                    ex);
        }
    }

    private static String valueOf(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        return property == null ? "" : String.valueOf(property.getValue());
    }

    /** What is misspelt in a gateway is a secret, as likely as not. */
    private static boolean mayHoldSecret(String name) {
        return isCredential(name) || name.matches("gatehouse\\.gateways?\\b.*");
    }

    /** Of Gatehouse or of Spring Boot; an environment may hold anything else. */
    private static boolean isCredential(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return lower.matches("(gatehouse|spring|server|management)\\..*")
                && (lower.startsWith("spring.security.user.")
                        || lower.matches(".*(secret|password|private-?key|key-?store).*"));
    }
}
