package dev.gatehouse.redirect;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The redirect from plain HTTP to HTTPS.
 *
 * @param mode whether it is enforced, only reported (everything is served, and what would be
 *     redirected is counted and logged), or off
 * @param permanent whether browsers may keep it: 301 and 308, or else 302 and 307
 * @param httpsPort port of the public HTTPS address; by default the HTTPS connector's own. In
 *     Kubernetes: the Service's.
 * @param hosts the site's names and addresses, {@code *.} allowed; by default those in the
 *     certificate that is served
 * @param unknownHost what becomes of a request for another name: a 421, or a redirect to the
 *     canonical host
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

    private static final String PREFIX = "gatehouse.redirect.";

    RedirectProperties {
        checkPort(httpsPort);
        checkHosts(hosts);
        checkCanonicalHost(canonicalHost, hosts);
        if (canonicalHost == null && unknownHost == UnknownHost.CANONICAL) {
            throw needsCanonicalHost("unknown-host", "canonical");
        }
        if (canonicalHost == null && canonicalize) {
            throw needsCanonicalHost("canonicalize", "true");
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

    private static void checkPort(@Nullable Integer port) {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new InvalidPropertyException(
                    PREFIX + "https-port",
                    port,
                    "is not a port",
                    "Set it to the port of the public HTTPS address, or leave it out to use the"
                            + " HTTPS connector's own.");
        }
    }

    private static void checkHosts(List<String> hosts) {
        for (int i = 0; i < hosts.size(); i++) {
            if (!SiteNames.isHost(hosts.get(i))) {
                throw new InvalidPropertyException(
                        PREFIX + "hosts[" + i + "]",
                        hosts.get(i),
                        "is neither a host name nor an address",
                        "Give a name such as www.example.com, *.example.com for one label of any"
                                + " name, or an address; no scheme, port or path.");
            }
        }
    }

    private static void checkCanonicalHost(@Nullable String canonical, List<String> hosts) {
        if (canonical == null) {
            return;
        }
        if (!SiteNames.isHost(canonical) || canonical.startsWith("*")) {
            throw new InvalidPropertyException(
                    PREFIX + "canonical-host",
                    canonical,
                    "is not a host name",
                    "Give one name such as www.example.com; no wildcard, scheme, port or path.");
        }
        RequestedHost host = RequestedHost.parse(canonical);
        if (!hosts.isEmpty() && host != null && !SiteNames.ofHosts(hosts).covers(host)) {
            throw new InvalidPropertyException(
                    PREFIX + "canonical-host",
                    canonical,
                    "is none of " + PREFIX + "hosts",
                    "Add it to " + PREFIX + "hosts, or choose one of those.");
        }
    }

    private static InvalidPropertyException needsCanonicalHost(String property, String value) {
        return new InvalidPropertyException(
                PREFIX + property,
                value,
                "needs a canonical host",
                "Set " + PREFIX + "canonical-host to the name that the site wants to be known by.");
    }
}
