package dev.gatehouse;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.ServedCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.env.Environment;

/**
 * Checks a configuration as a start does, up to the moment at which the connectors would listen and
 * the periodic tasks would run, and prints what would be served.
 */
final class StartCheck extends DefaultLifecycleProcessor {

    private final ConfigurableApplicationContext context;

    private StartCheck(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Ends with an exception, which Spring Boot has reported, where the start would fail. */
    static void run(String[] arguments) {
        SpringApplication application = new SpringApplication(GatehouseApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addInitializers(
                _ -> Extensions.onClassPath().check(),
                context ->
                        context.getBeanFactory()
                                .registerSingleton(
                                        AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
                                        new StartCheck(context)));
        try {
            application.run(arguments);
        } catch (SpringApplication.AbandonedRunException _) {
            // all that was to be checked has been
        }
    }

    /** In the place of starting what a refreshed context starts. */
    @Override
    public void onRefresh() {
        Environment environment = context.getEnvironment();
        ServedCertificate certificate = context.getBean(ServedCertificate.class);
        String https = listening(environment, "server.port", 443);
        String http = listening(environment, "gatehouse.http.port", 80);
        System.out.printf(
                Locale.ROOT,
                """
                The configuration is valid.
                  HTTPS  %s, certificate for %s until %s%s
                  HTTP   %s
                  site   %s
                """,
                https,
                String.join(", ", new TreeSet<>(certificate.names().dnsNames())),
                certificate.leaf().getNotAfter().toInstant(),
                certificate.isSelfSigned() ? ", self-signed" : "",
                http,
                environment.getProperty("gatehouse.site.root", "built-in"));
        Extensions extensions = Extensions.onClassPath();
        if (!extensions.jars().isEmpty()) {
            System.out.println("  with   " + extensions.names());
        }
        throw new SpringApplication.AbandonedRunException(context);
    }

    /** A port that is taken may be that of the very server whose configuration is checked. */
    private static String listening(Environment environment, String property, int defaultPort) {
        int port = environment.getProperty(property, Integer.class, defaultPort);
        String address = environment.getProperty("server.address");
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(
                    address == null
                            ? new InetSocketAddress(port)
                            : new InetSocketAddress(address, port));
            return where(address, port);
        } catch (IOException ex) {
            String problem = String.valueOf(ex.getMessage());
            if (problem.contains("in use")) {
                return where(address, port) + " (in use now)";
            }
            throw new InvalidPropertyException(
                    property,
                    port,
                    "cannot be listened on: " + problem,
                    "A port below 1024 needs a privilege, such as the sysctl"
                            + " net.ipv4.ip_unprivileged_port_start=0; server.address must be of"
                            + " this machine.",
                    ex);
        }
    }

    private static String where(@Nullable String address, int port) {
        return "port " + port + (address == null ? "" : " of " + address);
    }
}
