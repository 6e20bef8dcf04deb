package dev.gatehouse.load;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.InjectedFault;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gatehouse, with faults injected by lines of standard input: {@code POLLER_DIES HTTPS}. It logs
 * each change of its liveness, as a client that gets an answer would see it.
 */
final class InjectableGatehouse {

    static final String LIVENESS_IS = "Liveness is ";

    private static final Logger logger = LoggerFactory.getLogger(InjectableGatehouse.class);
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    private InjectableGatehouse() {}

    public static void main(String[] arguments) throws Exception {
        ConfigurableApplicationContext context =
                SpringApplication.run(GatehouseApplication.class, arguments);
        HealthEndpoint health = context.getBean(HealthEndpoint.class);
        Thread.ofPlatform().daemon().name("liveness").start(() -> logLiveness(health));
        Connectors connectors = context.getBean(Connectors.class);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            inject(connectors, line.split(" ", 2));
        }
    }

    private static void inject(Connectors connectors, String[] words) {
        logger.info("Injecting {} into {}", words[0], words[1]);
        try {
            InjectedFault.valueOf(words[0]).inject(connectors, ConnectorName.valueOf(words[1]));
        } catch (Exception ex) {
            logger.error("The injection failed", ex);
        }
    }

    private static void logLiveness(HealthEndpoint health) {
        String last = "";
        try {
            while (true) {
                String now = liveness(health);
                if (!now.equals(last)) {
                    logger.info("{}{}", LIVENESS_IS, now);
                    last = now;
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String liveness(HealthEndpoint health) {
        HealthDescriptor liveness = health.healthForPath("liveness");
        return liveness == null ? "not there" : liveness.getStatus().getCode();
    }
}
