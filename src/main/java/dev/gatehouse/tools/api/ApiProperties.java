package dev.gatehouse.tools.api;

import dev.gatehouse.config.PropertyChecks;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The API of the tools.
 *
 * @param allowedOrigins origins of sites, such as {@code https://app.example.com}, whose scripts
 *     may use the API in their visitors' browsers (CORS); none by default
 * @param openPerCaller event streams and waiting requests that one caller may have open on an
 *     instance
 * @param openInTotal event streams and waiting requests that may be open on an instance
 */
@ConfigurationProperties("gatehouse.api")
record ApiProperties(
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("32") int openPerCaller,
        @DefaultValue("1000") int openInTotal) {

    ApiProperties {
        PropertyChecks checks =
                new PropertyChecks("gatehouse.api")
                        .positive("open-per-caller", openPerCaller)
                        .positive("open-in-total", openInTotal);
        for (int i = 0; i < allowedOrigins.size(); i++) {
            checks.require(
                    isOrigin(allowedOrigins.get(i)),
                    "allowed-origins[" + i + "]",
                    allowedOrigins.get(i),
                    "is not an origin",
                    "Give a scheme, a host and, if it is not the scheme's own, a port:"
                            + " https://app.example.com");
        }
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
