package dev.gatehouse;

import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * A site behind two connectors: plain HTTP, which redirects, and HTTPS.
 *
 * <p>Each feature's configuration names its properties and controllers: {@code
 * SpringBootApplication} would read every class twice, at every start, to find them.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan(resourcePattern = "**/*Configuration.class")
public class GatehouseApplication {

    public static void main(String[] args) {
        // Numbers and dates in headers, pages and logs are the same wherever the machine stands.
        Locale.setDefault(Locale.ENGLISH);
        SpringApplication.run(GatehouseApplication.class, args);
    }
}
