package dev.gatehouse.redirect;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host that a request asks for, without its port (RFC 9110, 7.2): a DNS name in lower case and
 * without trailing dot, or an address.
 *
 * @param name as it may stand in a URL: IPv6 in brackets
 * @param address the address, or null where the name is a DNS name
 */
record RequestedHost(String name, @Nullable InetAddress address) {

    private static final int LONGEST_NAME = 253;
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>\\d{0,5}))?");
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\\.[a-z0-9_][a-z0-9_-]{0,62})*");
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

    /** The host in a Host header, or empty where it is none. */
    static Optional<RequestedHost> parse(String header) {
        Matcher matcher = HOST.matcher(header);
        if (!matcher.matches() || !isPort(matcher.group("port"))) {
            return Optional.empty();
        }
        String v6 = matcher.group("v6");
        return v6 != null ? parseAddress(v6) : parseName(matcher.group("name"));
    }

    private static boolean isPort(@Nullable String port) {
        return port == null || port.isEmpty() || Integer.parseInt(port) <= 65_535;
    }

    private static Optional<RequestedHost> parseName(String given) {
        String name = given.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (DOTTED_QUAD.matcher(name).matches()) {
            return parseAddress(name);
        }
        boolean isName =
                name.length() <= LONGEST_NAME
                        && DNS_NAME.matcher(name).matches()
                        && !ENDS_IN_NUMBER.matcher(name).matches();
        return isName ? Optional.of(new RequestedHost(name, null)) : Optional.empty();
    }

    private static Optional<RequestedHost> parseAddress(String literal) {
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            String text = address.getHostAddress();
            return Optional.of(
                    new RequestedHost(
                            address instanceof Inet6Address ? "[" + text + "]" : text, address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether it names this very machine: localhost, 127.0.0.0/8, ::1. */
    boolean isLoopback() {
        return address == null ? name.equals("localhost") : address.isLoopbackAddress();
    }
}
