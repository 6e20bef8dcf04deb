package dev.gatehouse.testing;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application itself, started as {@code main} would, on any two free ports. */
public final class RunningGatehouse implements AutoCloseable {

    private static final List<String> DEFAULTS =
            List.of(
                    "server.port=0",
                    "gatehouse.http.port=0",
                    "gatehouse.liveness.probe-interval=200ms",
                    "spring.main.banner-mode=off",
                    "gatehouse.state-directory=" + stateDirectory());

    /** Of this run alone. */
    private static Path stateDirectory() {
        try {
            return Files.createTempDirectory("gatehouse-state");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private final ConfigurableApplicationContext context;

    private RunningGatehouse(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts with properties, each as {@code name=value}, which win over the defaults. */
    public static RunningGatehouse start(String... properties) {
        return startWith(new Class<?>[0], properties);
    }

    /** With further configuration classes, such as a servlet that a test needs. */
    public static RunningGatehouse startWith(Class<?>[] configuration, String... properties) {
        Map<String, String> byName = new LinkedHashMap<>();
        Stream.concat(DEFAULTS.stream(), Arrays.stream(properties))
                .forEach(p -> byName.put(p.substring(0, p.indexOf('=')), "--" + p));
        String[] arguments = byName.values().toArray(String[]::new);
        return new RunningGatehouse(
                new SpringApplicationBuilder(GatehouseApplication.class)
                        .sources(configuration)
                        .run(arguments));
    }

    public int port(ConnectorName connector) {
        return connectors().get(connector).port();
    }

    public Connectors connectors() {
        return context.getBean(Connectors.class);
    }

    /** Sends a raw request to the plain connector, as it is. */
    public RawHttp.Response http(String request) {
        return RawHttp.plain(port(ConnectorName.HTTP), request);
    }

    /** Sends a raw request to the HTTPS connector, trusting whatever certificate it has. */
    public RawHttp.Response https(String request) {
        return RawHttp.tls(port(ConnectorName.HTTPS), request);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
