package dev.gatehouse.tls;

import dev.gatehouse.config.DnsName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names and addresses by which this machine is reached from itself and from its own networks.
 *
 * @param dnsNames {@code localhost} and the host name, in lower case
 * @param addresses loopback and the interfaces' own, without zone
 */
record LocalNames(List<String> dnsNames, List<InetAddress> addresses) {

    static LocalNames ofThisMachine() {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        addresses.add(InetAddress.ofLiteral("127.0.0.1"));
        addresses.add(InetAddress.ofLiteral("::1"));
        addresses.addAll(interfaceAddresses());
        return new LocalNames(hostNames(), List.copyOf(addresses));
    }

    /** Adds others, each a DNS name or an address. */
    LocalNames and(List<String> others) {
        Set<String> allNames = new LinkedHashSet<>(dnsNames);
        Set<InetAddress> allAddresses = new LinkedHashSet<>(addresses);
        for (String other : others) {
            if (DnsName.isValid(other) && !DnsName.endsInNumber(other)) {
                allNames.add(other);
            } else {
                allAddresses.add(InetAddress.ofLiteral(other));
            }
        }
        return new LocalNames(List.copyOf(allNames), List.copyOf(allAddresses));
    }

    private static List<String> hostNames() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost"));
        try {
            String hostName = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            if (DnsName.isValid(hostName)) {
                names.add(hostName);
            }
        } catch (UnknownHostException _) {
            // A machine whose name resolves to nothing is reached by its addresses alone.
        }
        return List.copyOf(names);
    }

    private static List<InetAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(LocalNames::withoutZone)
                    .toList();
        } catch (SocketException _) {
            return List.of();
        }
    }

    private static InetAddress withoutZone(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException ex) {
            throw new IllegalStateException(ex); // its own bytes have the right length
        }
    }
}
