package dev.gatehouse.redirect;

import dev.gatehouse.config.DnsName;
import dev.gatehouse.connector.IpAddressFormat;
import dev.gatehouse.connector.PeerAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host that a request asks for, without its port (RFC 9110, 7.2): a DNS name in lower case and
 * without trailing dot, or an address.
 *
 * @param name as it may stand in a URL: IPv6 in brackets and as RFC 5952 has it
 * @param address the address, or null where the name is a DNS name
 */
record RequestedHost(String name, @Nullable InetAddress address) {

    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_PORT = 5;

    /** The host in a Host header, or null where it is none. */
    static @Nullable RequestedHost parse(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : portStart(header);
        if (end == 0 || !isPort(header, end)) {
            return null;
        }
        return header.startsWith("[")
                ? bracketed(header.substring(1, end - 1))
                : named(header.substring(0, end));
    }

    private static int portStart(String header) {
        int colon = header.indexOf(':');
        return colon < 0 ? header.length() : colon;
    }

    /** Nothing, or a colon and up to five digits: a stray colon is none of anybody's harm. */
    private static boolean isPort(String header, int from) {
        if (from == header.length()) {
            return true;
        }
        int port = 0;
        for (int i = from + 1; i < header.length(); i++) {
            int digit = header.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > from + LONGEST_PORT) {
                return false;
            }
            port = port * 10 + digit;
        }
        return header.charAt(from) == ':' && port <= HIGHEST_PORT;
    }

    private static @Nullable RequestedHost bracketed(String literal) {
        boolean isV6 =
                literal.indexOf(':') >= 0
                        && literal.chars().allMatch(c -> c == ':' || c == '.' || isHexDigit(c));
        return isV6 ? ofAddress(literal) : null;
    }

    private static boolean isHexDigit(int c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static @Nullable RequestedHost named(String given) {
        String name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
        if (!DnsName.isValid(name)) {
            return null;
        }
        if (!DnsName.endsInNumber(name)) {
            return new RequestedHost(name.toLowerCase(Locale.ROOT), null);
        }
        // Java reads 127.1 and 0x7f.1 as addresses; no site is meant by such a name.
        return PeerAddress.bytesOf(name).length == 0 ? null : ofAddress(name);
    }

    private static @Nullable RequestedHost ofAddress(String literal) {
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            String text = IpAddressFormat.format(address);
            return new RequestedHost(
                    address instanceof Inet6Address ? "[" + text + "]" : text, address);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Whether it names this very machine: localhost, 127.0.0.0/8, ::1. */
    boolean isLoopback() {
        return address == null ? name.equals("localhost") : address.isLoopbackAddress();
    }
}
