package dev.gatehouse.connector;

import java.net.InetAddress;
import org.apache.tomcat.util.net.IPv6Utils;

/**
 * IP addresses as text: IPv4 as a dotted quad, IPv6 as RFC 5952 has it, without a zone. A zone is
 * the name of an interface of this machine, and means nothing elsewhere.
 */
public final class IpAddressFormat {

    private IpAddressFormat() {}

    public static String format(InetAddress address) {
        return format(address.getHostAddress());
    }

    /**
     * Writes an address that is text already.
     *
     * @param literal an address as Java and Tomcat write it, {@code 0:0:0:0:0:0:0:1%lo}; any other
     *     text stays as it is
     */
    public static String format(String literal) {
        if (literal.indexOf(':') < 0) {
            return literal;
        }
        int zone = literal.indexOf('%');
        return IPv6Utils.canonize(zone < 0 ? literal : literal.substring(0, zone));
    }
}
