package dev.gatehouse.redirect;

import dev.gatehouse.config.DnsName;
import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.tls.CertificateNames;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The site's own names: the only hosts that a redirect goes to. A wildcard stands for one label.
 *
 * @param source where the names come from
 * @param names asked each time: a certificate may be reloaded
 */
record SiteNames(Source source, Supplier<CertificateNames> names) {

    private static final String WILDCARD = "*.";

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

    /** Whether that is a name, a wildcard below a name of two labels or more, or an address. */
    static boolean isHost(String text) {
        if (text.startsWith(WILDCARD)) {
            String below = text.substring(WILDCARD.length());
            return DnsName.isValid(below) && !DnsName.endsInNumber(below) && below.contains(".");
        }
        return parse(text) != null;
    }

    private static @Nullable RequestedHost parse(String text) {
        boolean isBareV6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        RequestedHost host = RequestedHost.parse(isBareV6 ? "[" + text + "]" : text);
        boolean hasPort = !isBareV6 && text.indexOf(':', text.indexOf(']') + 1) >= 0;
        return hasPort ? null : host;
    }

    /** The names and addresses of {@code gatehouse.redirect.hosts}, each of which is a host. */
    static SiteNames ofHosts(List<String> hosts) {
        Set<String> names = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (String text : hosts) {
            RequestedHost host = parse(text);
            InetAddress address = host == null ? null : host.address();
            if (address != null) {
                addresses.add(IpAddressFormat.format(address));
            } else {
                names.add(host == null ? text.toLowerCase(Locale.ROOT) : host.name());
            }
        }
        CertificateNames fixed = new CertificateNames(Set.copyOf(names), Set.copyOf(addresses));
        return new SiteNames(SiteNames.Source.CONFIGURED, () -> fixed);
    }
}
