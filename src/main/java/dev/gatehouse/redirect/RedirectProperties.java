package dev.gatehouse.redirect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The redirect from plain HTTP to HTTPS.
 *
 * @param mode whether it is enforced, only reported (everything is served, and whom it would have
 *     caught is counted and logged), or off
 * @param permanent whether browsers may keep it: 301 and 308, or else 302 and 307
 * @param httpsPort port of the public HTTPS address; by default the HTTPS connector's own. In
 *     Kubernetes: the Service's.
 * @param hosts the site's names and addresses, {@code *.} allowed; by default those in the
 *     certificate that is served
 * @param unknownHost what becomes of a request for another name: a 421 that lists the names, or a
 *     redirect to the canonical host
 * @param canonicalHost the name that the site wants to be known by
 * @param canonicalize whether visitors of the canonical host's other name, with or without www, are
 *     sent to it, over HTTPS too
 * @param hsts HTTP Strict Transport Security
 */
@ConfigurationProperties("gatehouse.redirect")
record RedirectProperties(
        @DefaultValue("enforce") RedirectMode mode,
        @DefaultValue("true") boolean permanent,
        @Nullable Integer httpsPort,
        @DefaultValue List<String> hosts,
        @DefaultValue("reject") UnknownHost unknownHost,
        @Nullable String canonicalHost,
        @DefaultValue("false") boolean canonicalize,
        @DefaultValue @NestedConfigurationProperty HstsProperties hsts) {

    RedirectProperties {
        RedirectCheck.checkPort(httpsPort);
        RedirectCheck.checkHosts(hosts);
        RedirectCheck.checkCanonicalHost(canonicalHost, hosts);
        if (canonicalHost == null && unknownHost == UnknownHost.CANONICAL) {
            throw RedirectCheck.needsCanonicalHost("unknown-host", "canonical");
        }
        if (canonicalHost == null && canonicalize) {
            throw RedirectCheck.needsCanonicalHost("canonicalize", "true");
        }
    }

    /** Whether a visitor's browser may rely on the redirect from now on. */
    boolean isForGood() {
        return mode == RedirectMode.ENFORCE && permanent;
    }

    CanonicalHost canonical() {
        return new CanonicalHost(
                canonicalHost == null ? null : RequestedHost.parse(canonicalHost), canonicalize);
    }
}
