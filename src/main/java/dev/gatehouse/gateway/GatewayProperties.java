package dev.gatehouse.gateway;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.connector.Networks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may speak for others: API gateways that send plain HTTP and must be served directly, and
 * proxies that end TLS in front of us.
 *
 * @param gateways each with its name, its header and its secrets
 * @param gatewaySecretRefresh time between two readings of the gateways' secret files
 * @param trustedProxies networks, in CIDR notation, of the load balancers that end TLS in front of
 *     us: from them alone {@code X-Forwarded-Proto: https} is believed
 */
@ConfigurationProperties("gatehouse")
record GatewayProperties(
        @DefaultValue List<GatewaySpec> gateways,
        @DefaultValue("10s") Duration gatewaySecretRefresh,
        @DefaultValue List<String> trustedProxies) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    GatewayProperties {
        check(gateways);
        new PropertyChecks("gatehouse")
                .positive("gateway-secret-refresh", gatewaySecretRefresh, "10s");
        Networks.parse("gatehouse.trusted-proxies", trustedProxies);
    }

    private static void check(List<GatewaySpec> gateways) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < gateways.size(); i++) {
            String property = "gatehouse.gateways[" + i + "]";
            GatewaySpec gateway = gateways.get(i);
            checkName(property + ".name", gateway.name(), names);
            checkHeader(property + ".header", gateway.header());
            checkCount(property, gateway);
            checkSecrets(property + ".secrets", gateway.secrets());
            checkUserHeaders(property + ".user-headers", gateway.userHeaders());
            checkUserHeader(property + ".user-header", gateway.userHeader());
            checkUserHeader(property + ".plan-header", gateway.planHeader());
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
        if (count > Gateway.MOST_SECRETS) {
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
            checkUserHeader(property + "[" + i + "]", headers.get(i));
        }
    }

    private static void checkUserHeader(String property, @Nullable String header) {
        if (header != null && !TOKEN.matcher(header).matches()) {
            throw new InvalidPropertyException(
                    property,
                    header,
                    "is not the name of a header",
                    "Give a header in which the gateway names its users, such as"
                            + " X-RapidAPI-User.");
        }
    }

    /**
     * An API gateway.
     *
     * @param name what it is called in metrics, in the log and as a principal ({@code
     *     gateway:NAME})
     * @param header the header in which it sends its secret
     * @param secrets what that header must hold; a second one while it is being rotated
     * @param secretFiles files that hold the secrets instead, one each, read again when they change
     * @param networks networks in CIDR notation that it must come from; none for any
     * @param paths patterns of the paths that it may ask for; none for any
     * @param userHeaders headers in which it names its users: the site sees them in this gateway's
     *     requests and in no others
     * @param userHeader header that names the user, for whom limits of the tools count; by default
     *     the first of {@code user-headers}, or RapidAPI's {@code X-RapidAPI-User}
     * @param planHeader header that names the user's plan, such as RapidAPI's {@code
     *     X-RapidAPI-Subscription}, which is the default for RapidAPI
     */
    record GatewaySpec(
            @DefaultValue("") String name,
            @DefaultValue("") String header,
            @DefaultValue List<String> secrets,
            @DefaultValue List<Path> secretFiles,
            @DefaultValue List<String> networks,
            @DefaultValue List<String> paths,
            @DefaultValue List<String> userHeaders,
            @Nullable String userHeader,
            @Nullable String planHeader) {

        private static final String RAPID_API = "X-RapidAPI-Proxy-Secret";
        private static final String RAPID_API_USER = "X-RapidAPI-User";
        private static final String RAPID_API_PLAN = "X-RapidAPI-Subscription";

        @Nullable String effectiveUserHeader() {
            if (userHeader != null) {
                return userHeader;
            }
            return isRapidApi() ? RAPID_API_USER : userHeaders.stream().findFirst().orElse(null);
        }

        @Nullable String effectivePlanHeader() {
            return planHeader == null && isRapidApi() ? RAPID_API_PLAN : planHeader;
        }

        private boolean isRapidApi() {
            return header.equalsIgnoreCase(RAPID_API);
        }

        /** All of them: none is seen in the requests of others. */
        List<String> allUserHeaders() {
            return Stream.concat(
                            userHeaders.stream(),
                            Stream.of(effectiveUserHeader(), effectivePlanHeader())
                                    .filter(Objects::nonNull))
                    .distinct()
                    .toList();
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "GatewaySpec[name=" + name + ", header=" + header + "]";
        }
    }
}
