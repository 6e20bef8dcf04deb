package dev.gatehouse.redirect;

import dev.gatehouse.connector.Networks;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The likely kind of client behind a request, for reports alone. */
enum ClientKind {
    KUBE_PROBE,
    GATEWAY_LIKE,
    LOOPBACK,
    PRIVATE_NETWORK,
    OTHER;

    /** Prefixes of headers that API gateways add. */
    private static final List<String> GATEWAY_PREFIXES =
            List.of(
                    "x-rapidapi-",
                    "x-amzn-apigateway-",
                    "x-kong-",
                    "x-apigee-",
                    "x-apim-",
                    "ocp-apim-",
                    "x-mashape-",
                    "x-tyk-");

    private static final Networks PRIVATE =
            Networks.parse(
                    "private networks",
                    List.of(
                            "10.0.0.0/8",
                            "172.16.0.0/12",
                            "192.168.0.0/16",
                            "100.64.0.0/10",
                            "169.254.0.0/16",
                            "fc00::/7",
                            "fe80::/10"));

    /**
     * @param gatewayHeaders the headers of the configured gateways, in lower case
     */
    static ClientKind of(RedirectRequest request, Set<String> gatewayHeaders) {
        if (request.isKubeProbe()) {
            return KUBE_PROBE;
        }
        if (request.headers().names().stream().anyMatch(n -> isGatewayLike(n, gatewayHeaders))) {
            return GATEWAY_LIKE;
        }
        ParsedRequest parsed = new ParsedRequest(request);
        if (parsed.isFromLoopback()) {
            return LOOPBACK;
        }
        return PRIVATE.contains(parsed.peer()) ? PRIVATE_NETWORK : OTHER;
    }

    private static boolean isGatewayLike(String header, Set<String> gatewayHeaders) {
        String name = header.toLowerCase(Locale.ROOT);
        return gatewayHeaders.contains(name)
                || GATEWAY_PREFIXES.stream().anyMatch(name::startsWith);
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
