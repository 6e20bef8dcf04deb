package dev.gatehouse.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Where the configuration comes from: what is fixed for the process, such as arguments and
 * environment variables, and files, which Spring Boot itself finds and reads again.
 *
 * @param fixed the sources that no file makes, in their order
 * @param atStart the values of all properties in files, as they were at the start
 */
record ConfigurationSources(
        List<PropertySource<?>> fixed, Map<ConfigurationPropertyName, String> atStart) {

    /** The sources of an environment that Spring Boot has not added the files to yet. */
    static List<PropertySource<?>> fixedIn(ConfigurableEnvironment environment) {
        List<PropertySource<?>> sources = new ArrayList<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                sources.add(source);
            }
        }
        return List.copyOf(sources);
    }

    /** Reads the files as a start would. */
    ConfigurableEnvironment read() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
        fixed.forEach(sources::addLast);
        ConfigurationPropertySources.attach(environment);
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    Map<ConfigurationPropertyName, String> valuesIn(ConfigurableEnvironment environment) {
        return FileProperties.in(environment, fixed);
    }
}
