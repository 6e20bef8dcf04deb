package dev.gatehouse.config;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A property of Spring Boot that would be without effect here, or would break the connectors.
 *
 * @param name itself or a section of properties
 * @param supported the values that are fine
 * @param problem what is wrong with any other, as a clause
 * @param remedy what to do, as a sentence
 */
record UnsupportedProperty(
        ConfigurationPropertyName name, Set<String> supported, String problem, String remedy) {

    private static final String PEM =
            "Set spring.ssl.bundle.pem.site.keystore.certificate and"
                    + " spring.ssl.bundle.pem.site.keystore.private-key to PEM files.";
    private static final List<UnsupportedProperty> ALL =
            List.of(
                    of("server.ssl.certificate", Set.of(""), "is not read", PEM),
                    of(
                            "server.ssl.trust-certificate",
                            Set.of(""),
                            "is not read",
                            "Set spring.ssl.bundle.pem.site.truststore.certificate."),
                    of(
                            "server.ssl.bundle",
                            Set.of("site"),
                            "is not read: the certificate is that of the bundle 'site'",
                            PEM),
                    of(
                            "server.servlet.context-path",
                            Set.of("", "/"),
                            "would move /ping and the site away from where probes and visitors"
                                    + " look",
                            "Leave it out: the site's own folders make its paths."),
                    of(
                            "management.server.port",
                            Set.of("", "-1"),
                            "would open a third connector, which nothing limits or watches",
                            "Leave it out: the actuator is served by the HTTPS connector; -1 turns"
                                    + " it off."));

    private static UnsupportedProperty of(
            String name, Set<String> supported, String problem, String remedy) {
        return new UnsupportedProperty(
                ConfigurationPropertyName.of(name), supported, problem, remedy);
    }

    /**
     * @param value as configured, which is what a message shows
     * @param resolver resolves the placeholders in it
     */
    static void check(
            ConfigurationPropertyName name, String value, UnaryOperator<String> resolver) {
        for (UnsupportedProperty property : ALL) {
            if ((property.name.equals(name) || property.name.isAncestorOf(name))
                    && !property.supported.contains(resolver.apply(value))) {
                throw new InvalidPropertyException(
                        name.toString(),
                        name.toString().contains("password") ? "******" : value,
                        property.problem,
                        property.remedy);
            }
        }
    }
}
