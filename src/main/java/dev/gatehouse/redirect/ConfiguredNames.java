package dev.gatehouse.redirect;

import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.tls.CertificateNames;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in {@code gatehouse.redirect.hosts}, which cover what a certificate's would. */
final class ConfiguredNames {

    private static final String WILDCARD = "*.";

    private ConfiguredNames() {}

    /** Whether that is a name, a wildcard below a name of two labels or more, or an address. */
    static boolean isName(String text) {
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

    /** The names of a list whose every entry is one. */
    static SiteNames siteNames(List<String> hosts) {
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
