package dev.gatehouse.gateway;

import dev.gatehouse.connector.Networks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API gateway that sends plain HTTP.
 *
 * @param header the header in which it sends its secret
 * @param secrets the secrets that it may send
 * @param networks the networks it comes from; empty for any
 * @param paths the paths it may ask for; empty for any
 * @param userHeaders the headers in which it names its users and what they pay for
 * @param userHeader the one of them that names the user, or null
 * @param planHeader the one of them that names the user's plan, or null
 */
public record Gateway(
        String name,
        String header,
        GatewaySecrets secrets,
        Networks networks,
        PathPatterns paths,
        List<String> userHeaders,
        @Nullable String userHeader,
        @Nullable String planHeader) {

    /** The current secret, and a second one while it is rotated. */
    public static final int MOST_SECRETS = 2;

    /** Which of its secrets a header holds, from 0, or -1 if none. */
    public int secretIndex(String given) {
        return secrets.indexOf(given);
    }
}
