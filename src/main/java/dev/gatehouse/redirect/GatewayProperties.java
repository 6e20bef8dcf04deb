package dev.gatehouse.redirect;

import dev.gatehouse.startup.InvalidPropertyException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * API gateways that send plain HTTP and must be served directly.
 *
 * @param gateways each with its name, its header and its secrets
 */
@ConfigurationProperties("gatehouse")
record GatewayProperties(@DefaultValue List<Gateway> gateways) {

    private static final int SHORTEST_SECRET = 16;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");

    GatewayProperties {
        for (int i = 0; i < gateways.size(); i++) {
            check("gatehouse.gateways[" + i + "]", gateways.get(i));
        }
    }

    private static void check(String property, Gateway gateway) {
        if (gateway.name().isBlank()) {
            throw new InvalidPropertyException(
                    property + ".name",
                    gateway.name(),
                    "is blank",
                    "Name the gateway: the name stands in metrics and in the log.");
        }
        if (!TOKEN.matcher(gateway.header()).matches()) {
            throw new InvalidPropertyException(
                    property + ".header",
                    gateway.header(),
                    "is not the name of a header",
                    "Give the header in which the gateway sends its secret, such as"
                            + " X-RapidAPI-Proxy-Secret.");
        }
        if (gateway.secrets().isEmpty()) {
            throw new InvalidPropertyException(
                    property + ".secrets",
                    "",
                    "is empty",
                    "Give the secret that the gateway sends; two while it is being rotated.");
        }
        gateway.secrets().forEach(secret -> checkSecret(property + ".secrets", secret));
    }

    private static void checkSecret(String property, String secret) {
        if (secret.length() < SHORTEST_SECRET || !VISIBLE_ASCII.matcher(secret).matches()) {
            throw new InvalidPropertyException(
                    property,
                    "******",
                    "has a secret that is blank, shorter than 16 characters, or not visible ASCII",
                    "Make one with: openssl rand -hex 32");
        }
    }

    /**
     * An API gateway.
     *
     * @param name what it is called in metrics and in the log
     * @param header the header in which it sends its secret
     * @param secrets what that header must hold; a second one while it is being rotated
     */
    record Gateway(
            @DefaultValue("") String name,
            @DefaultValue("") String header,
            @DefaultValue List<String> secrets) {

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Gateway[name=" + name + ", header=" + header + "]";
        }
    }
}
