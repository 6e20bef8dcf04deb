package dev.gatehouse.redirect;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that the redirect's properties have to keep. */
final class RedirectCheck {

    private static final String PREFIX = "gatehouse.redirect.";

    private RedirectCheck() {}

    static void checkPort(@Nullable Integer port) {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new InvalidPropertyException(
                    PREFIX + "https-port",
                    port,
                    "is not a port",
                    "Set it to the port of the public HTTPS address, or leave it out to use the"
                            + " HTTPS connector's own.");
        }
    }

    static void checkHosts(List<String> hosts) {
        for (int i = 0; i < hosts.size(); i++) {
            if (!ConfiguredNames.isName(hosts.get(i))) {
                throw new InvalidPropertyException(
                        PREFIX + "hosts[" + i + "]",
                        hosts.get(i),
                        "is neither a host name nor an address",
                        "Give a name such as www.example.com, *.example.com for one label of any"
                                + " name, or an address; no scheme, port or path.");
            }
        }
    }

    static void checkCanonicalHost(@Nullable String canonical, List<String> hosts) {
        if (canonical == null) {
            return;
        }
        if (!ConfiguredNames.isName(canonical) || canonical.startsWith("*")) {
            throw new InvalidPropertyException(
                    PREFIX + "canonical-host",
                    canonical,
                    "is not a host name",
                    "Give one name such as www.example.com; no wildcard, scheme, port or path.");
        }
        RequestedHost host = RequestedHost.parse(canonical);
        if (!hosts.isEmpty() && host != null && !ConfiguredNames.siteNames(hosts).covers(host)) {
            throw new InvalidPropertyException(
                    PREFIX + "canonical-host",
                    canonical,
                    "is none of " + PREFIX + "hosts",
                    "Add it to " + PREFIX + "hosts, or choose one of those.");
        }
    }

    static InvalidPropertyException needsCanonicalHost(String property, String value) {
        return new InvalidPropertyException(
                PREFIX + property,
                value,
                "needs a canonical host",
                "Set " + PREFIX + "canonical-host to the name that the site wants to be known by.");
    }
}
