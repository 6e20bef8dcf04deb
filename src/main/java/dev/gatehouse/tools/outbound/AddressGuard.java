package dev.gatehouse.tools.outbound;

import dev.gatehouse.connector.Networks;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.springframework.boot.http.client.InetAddressFilter;

/** Which addresses may be connected to. */
@FunctionalInterface
interface AddressGuard {

    boolean allows(InetAddress address);

    /**
     * Public addresses: none of a private network, of a cloud's metadata service, of this machine,
     * or of an IPv6 form that embeds an IPv4 address.
     */
    static AddressGuard publicAddresses() {
        InetAddressFilter external =
                InetAddressFilter.externalAddresses()
                        .andNot(
                                "168.63.129.16/32", // Azure's host, in a public range
                                "3fff::/20"); // documentation, RFC 9637
        return address ->
                external.matches(address)
                        && isGlobalUnicast(address)
                        && !address.isMulticastAddress()
                        && !isLocal(address);
    }

    /**
     * Public addresses, and those of an operator's own networks, except the metadata services of
     * clouds in whatever form.
     */
    static AddressGuard publicAnd(Networks own) {
        AddressGuard publicAddresses = publicAddresses();
        return address ->
                publicAddresses.allows(address)
                        || (own.contains(address.getAddress())
                                && !MetadataAddresses.contains(address)
                                && !address.isMulticastAddress()
                                && !address.isAnyLocalAddress());
    }

    /** Any address but a metadata service: for what an operator has configured. */
    static AddressGuard anyButMetadata() {
        return address -> !MetadataAddresses.contains(address);
    }

    /** For IPv6, what IANA assigns: {@code ::/96}, {@code 5f00::/16} and the like are not. */
    private static boolean isGlobalUnicast(InetAddress address) {
        return !(address instanceof Inet6Address) || (address.getAddress()[0] & 0xe0) == 0x20;
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException _) {
            return true; // not known to be of another machine
        }
    }
}
