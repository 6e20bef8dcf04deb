package dev.gatehouse.redirect;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.redirect.GatewayProperties.GatewaySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that a configured gateway has to keep; its files are read later. */
final class GatewayCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private GatewayCheck() {}

    static void check(List<GatewaySpec> gateways) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < gateways.size(); i++) {
            String property = "gatehouse.gateways[" + i + "]";
            GatewaySpec gateway = gateways.get(i);
            checkName(property + ".name", gateway.name(), names);
            checkHeader(property + ".header", gateway.header());
            checkCount(property, gateway);
            checkSecrets(property + ".secrets", gateway.secrets());
            checkUserHeaders(property + ".user-headers", gateway.userHeaders());
            Networks.parse(property + ".networks", gateway.networks());
            PathPatterns.parse(property + ".paths", gateway.paths());
        }
    }

    private static void checkName(String property, String name, Set<String> others) {
        String remedy = "Name the gateway: its name stands in metrics and in the log.";
        if (!NAME.matcher(name).matches()) {
            throw new InvalidPropertyException(
                    property, name, "is not a name of letters, digits, dots and hyphens", remedy);
        }
        if (!others.add(name)) {
            throw new InvalidPropertyException(
                    property,
                    name,
                    "is another gateway's name too",
                    "Give each gateway a name of its own; a rotated secret is a second entry of"
                            + " secrets, not a second gateway.");
        }
    }

    private static void checkHeader(String property, String header) {
        if (!TOKEN.matcher(header).matches()) {
            throw new InvalidPropertyException(
                    property,
                    header,
                    "is not the name of a header",
                    "Give the header in which the gateway sends its secret, such as"
                            + " X-RapidAPI-Proxy-Secret.");
        }
    }

    private static void checkCount(String property, GatewaySpec gateway) {
        int count = gateway.secrets().size() + gateway.secretFiles().size();
        if (count == 0) {
            throw new InvalidPropertyException(
                    property + ".secrets",
                    "",
                    "is empty, and so is secret-files",
                    "Give the secret that the gateway sends; two while it is being rotated.");
        }
        if (count > GatewayProperties.MOST_SECRETS) {
            throw new InvalidPropertyException(
                    property + ".secrets",
                    "******",
                    "has, with secret-files, %d secrets".formatted(count),
                    "Keep two at most: the one in use and, while it is being rotated, the next.");
        }
    }

    private static void checkSecrets(String property, List<String> secrets) {
        for (int i = 0; i < secrets.size(); i++) {
            if (!SecretFile.isSecret(secrets.get(i))) {
                throw new InvalidPropertyException(
                        property + "[" + i + "]",
                        "******",
                        "is blank, shorter than 16 characters, or not visible ASCII",
                        "Make one with: openssl rand -hex 32");
            }
        }
    }

    private static void checkUserHeaders(String property, List<String> headers) {
        for (int i = 0; i < headers.size(); i++) {
            if (!TOKEN.matcher(headers.get(i)).matches()) {
                throw new InvalidPropertyException(
                        property + "[" + i + "]",
                        headers.get(i),
                        "is not the name of a header",
                        "Give a header in which the gateway names its users, such as"
                                + " X-RapidAPI-User.");
            }
        }
    }
}
