package dev.gatehouse.redirect;

import dev.gatehouse.tls.CertificateNames;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The site's own names: the only hosts that a redirect goes to. A wildcard stands for one label.
 *
 * @param source where the names come from
 * @param names asked each time: a certificate may be reloaded
 */
record SiteNames(Source source, Supplier<CertificateNames> names) {

    /** Where the site's names come from. */
    enum Source {
        /** The DNS names and addresses in the certificate that is served. */
        CERTIFICATE,
        /** {@code gatehouse.redirect.hosts}. */
        CONFIGURED;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether that host is the site. */
    boolean covers(RequestedHost host) {
        return host.address() == null
                ? names.get().coversName(host.name())
                : names.get().coversAddress(host.address());
    }

    /** The names, for people to read. */
    List<String> describe() {
        CertificateNames current = names.get();
        return Stream.concat(
                        current.dnsNames().stream().sorted(), current.addresses().stream().sorted())
                .toList();
    }
}
