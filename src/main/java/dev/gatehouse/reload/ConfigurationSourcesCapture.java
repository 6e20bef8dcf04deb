package dev.gatehouse.reload;

import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Notes the sources of properties before Spring Boot adds those of files. */
class ConfigurationSourcesCapture implements EnvironmentPostProcessor, Ordered {

    private final ConfigurableBootstrapContext bootstrap;

    ConfigurationSourcesCapture(ConfigurableBootstrapContext bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        List<PropertySource<?>> fixed = ConfigurationSources.fixedIn(environment);
        bootstrap.addCloseListener(
                event ->
                        event.getApplicationContext()
                                .getBeanFactory()
                                .registerSingleton(
                                        "configurationSources",
                                        new ConfigurationSources(
                                                fixed, FileProperties.in(environment, fixed))));
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }
}
