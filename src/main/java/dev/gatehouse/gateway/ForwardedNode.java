package dev.gatehouse.gateway;

import dev.gatehouse.connector.PeerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An element of X-Forwarded-For: an address, perhaps with a port, brackets or quotes, as proxies
 * write it (RFC 7239, 6; Azure Application Gateway adds the port). An obfuscated name, {@code
 * unknown} or anything else is no address.
 */
final class ForwardedNode {

    private static final Pattern PORT = Pattern.compile("(:([0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    private ForwardedNode() {}

    static @Nullable InetAddress addressOf(String element) {
        byte[] address = PeerAddress.bytesOf(withoutPort(unquoted(element.strip())));
        try {
            return address.length == 0 ? null : InetAddress.getByAddress(address);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException(ex); // 4 bytes or 16
        }
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    /** The address alone; nothing where what follows it is not a port. */
    private static String withoutPort(String node) {
        boolean hasBrackets = node.startsWith("[");
        int end = hasBrackets ? node.indexOf(']') : node.indexOf(':');
        if (!hasBrackets && end != node.lastIndexOf(':')) {
            return node; // IPv6 without brackets has no port
        }
        if (end < 0) {
            return hasBrackets ? "" : node;
        }
        String address = node.substring(hasBrackets ? 1 : 0, end);
        String rest = node.substring(hasBrackets ? end + 1 : end);
        boolean isV6 = address.indexOf(':') >= 0;
        return isV6 == hasBrackets && PORT.matcher(rest).matches() ? address : "";
    }
}
