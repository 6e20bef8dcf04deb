package dev.gatehouse.redirect;

import dev.gatehouse.gateway.TrustedHeaders;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The redirect as it is configured: a request takes one of them at its beginning and sees no other,
 * whatever is reloaded meanwhile.
 *
 * @param gatewayHeaders the headers in which gateways send their secrets, in lower case
 */
record RedirectSettings(
        RedirectProperties properties,
        SiteNames siteNames,
        Hsts hsts,
        RedirectPolicy policy,
        IntSupplier httpsPort,
        Set<String> gatewayHeaders,
        TrustedHeaders trustedHeaders) {

    RedirectMode mode() {
        return properties.mode();
    }
}
