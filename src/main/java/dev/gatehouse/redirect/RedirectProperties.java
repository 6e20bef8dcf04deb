package dev.gatehouse.redirect;

import dev.gatehouse.startup.InvalidPropertyException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The redirect from plain HTTP to HTTPS.
 *
 * @param httpsPort port of the public HTTPS address; by default the HTTPS connector's own. In
 *     Kubernetes: the Service's.
 */
@ConfigurationProperties("gatehouse.redirect")
record RedirectProperties(@Nullable Integer httpsPort) {

    RedirectProperties {
        if (httpsPort != null && (httpsPort < 1 || httpsPort > 65_535)) {
            throw new InvalidPropertyException(
                    "gatehouse.redirect.https-port",
                    httpsPort,
                    "is not a port",
                    "Set it to the port of the public HTTPS address, or leave it out to use the"
                            + " HTTPS connector's own.");
        }
    }
}
