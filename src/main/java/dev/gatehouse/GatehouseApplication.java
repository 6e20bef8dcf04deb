package dev.gatehouse;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * A site behind two connectors: plain HTTP, which redirects, and HTTPS.
 *
 * <p>Each feature's configuration names its properties and controllers: {@code
 * SpringBootApplication} would read every class twice to find them, which costs 0.3 s of CPU at
 * each start from the AOT cache (docs/performance.md).
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan(resourcePattern = "**/*Configuration.class")
public class GatehouseApplication {

    private static final String HELP =
            """
            Usage: java @jvm.options -jar gatehouse.jar [OPTION] [--PROPERTY=VALUE]...

            Serves a site by HTTPS, and redirects plain HTTP to it. Properties come from
            application.yml in the working directory, from the environment and from arguments;
            docs/configuration.md lists them.

              --check     check the configuration, print what would be served, and exit with
                          0, or with 1 and what is wrong; no port is opened and nothing is sent
              --help      print this text
              --version   print the version

            Example: --server.port=8443 --gatehouse.http.port=8080 --gatehouse.site.root=file:/srv/site/
            """;

    public static void main(String[] args) {
        // Numbers and dates in headers, pages and logs do not depend on the machine (LocaleTests).
        Locale.setDefault(Locale.ENGLISH);
        List<String> arguments = List.of(args);
        if (arguments.contains("--help")) {
            System.out.print(HELP);
        } else if (arguments.contains("--version")) {
            System.out.println(Version.text());
        } else if (arguments.contains("--check")) {
            StartCheck.run(args);
        } else {
            SpringApplication application = new SpringApplication(GatehouseApplication.class);
            application.addInitializers(_ -> Extensions.onClassPath().check());
            application.run(args);
        }
    }
}
