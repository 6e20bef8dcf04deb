package dev.gatehouse.redirect;

import dev.gatehouse.config.InvalidPropertyException;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * HTTP Strict Transport Security (RFC 6797), sent over TLS once the redirect is enforced and
 * permanent.
 *
 * @param maxAge how long a browser shall come by HTTPS alone, in whole seconds; 0 takes back what
 *     was sent before
 * @param includeSubdomains whether that goes for every name below the one asked for, too
 * @param preload whether the site may be put into browsers' preload lists, which is hard to undo
 */
record HstsProperties(
        @DefaultValue("365d") Duration maxAge,
        @DefaultValue("false") boolean includeSubdomains,
        @DefaultValue("false") boolean preload) {

    private static final String PREFIX = "gatehouse.redirect.hsts.";
    private static final Duration YEAR = Duration.ofDays(365);

    HstsProperties {
        if (maxAge.isNegative()) {
            throw new InvalidPropertyException(
                    PREFIX + "max-age",
                    maxAge,
                    "is negative",
                    "Set it to a duration such as 365d, or to 0 to take the header back.");
        }
        if (preload && (maxAge.compareTo(YEAR) < 0 || !includeSubdomains)) {
            throw new InvalidPropertyException(
                    PREFIX + "preload",
                    true,
                    "needs a max-age of a year or more, and include-subdomains",
                    "Set "
                            + PREFIX
                            + "max-age=365d and "
                            + PREFIX
                            + "include-subdomains=true, once"
                            + " every subdomain has HTTPS; or leave preload out.");
        }
    }

    /** The header's value. */
    String headerValue() {
        return "max-age="
                + maxAge.toSeconds()
                + (includeSubdomains ? "; includeSubDomains" : "")
                + (preload ? "; preload" : "");
    }
}
