package dev.gatehouse.redirect;

import dev.gatehouse.config.InvalidPropertyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    /** One that is good, and one while it is being rotated. */
    static final int MOST_SECRETS = 2;

    GatewayProperties {
        GatewayCheck.check(gateways);
        if (gatewaySecretRefresh.toMillis() <= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.gateway-secret-refresh",
                    gatewaySecretRefresh,
                    "is not a positive duration",
                    "Set it to a duration such as 10s.");
        }
        Networks.parse("gatehouse.trusted-proxies", trustedProxies);
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
     *     requests and in nobody else's
     */
    record GatewaySpec(
            @DefaultValue("") String name,
            @DefaultValue("") String header,
            @DefaultValue List<String> secrets,
            @DefaultValue List<Path> secretFiles,
            @DefaultValue List<String> networks,
            @DefaultValue List<String> paths,
            @DefaultValue List<String> userHeaders) {

        /** Without the secrets. */
        @Override
        public String toString() {
            return "GatewaySpec[name=" + name + ", header=" + header + "]";
        }
    }
}
