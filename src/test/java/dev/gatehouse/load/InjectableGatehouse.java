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
import org.springframework.context.ConfigurableApplicationContext;

/** Gatehouse, with faults injected by lines of standard input: {@code POLLER_DIES HTTPS}. */
final class InjectableGatehouse {

    private static final Logger logger = LoggerFactory.getLogger(InjectableGatehouse.class);

    private InjectableGatehouse() {}

    public static void main(String[] arguments) throws Exception {
        ConfigurableApplicationContext context =
                SpringApplication.run(GatehouseApplication.class, arguments);
        Connectors connectors = context.getBean(Connectors.class);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            logger.info("Injecting {}", line);
            InjectedFault.valueOf(words[0]).inject(connectors, ConnectorName.valueOf(words[1]));
        }
    }
}
