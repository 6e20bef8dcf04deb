package dev.gatehouse.connector;

import java.net.InetAddress;

/** Reads address literals; the common kind, a dotted quad, without more garbage than its bytes. */
public final class PeerAddress {

    private static final byte[] NONE = {};
    private static final int QUAD = 4;

    private PeerAddress() {}

    /** The bytes of an address, 4 if it is IPv4 mapped into IPv6; none if it is not an address. */
    public static byte[] bytesOf(String literal) {
        if (literal.indexOf(':') < 0) {
            return quad(literal);
        }
        int zone = literal.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone))
                    .getAddress();
        } catch (IllegalArgumentException _) {
            return NONE;
        }
    }

    private static byte[] quad(String literal) {
        byte[] bytes = new byte[QUAD];
        int index = 0;
        int value = -1;
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c >= '0' && c <= '9' && value != 0) { // 01 is no number here
                value = Math.max(value, 0) * 10 + (c - '0');
            } else if (c == '.' && value >= 0 && index < QUAD - 1) {
                bytes[index++] = (byte) value;
                value = -1;
            } else {
                return NONE;
            }
            if (value > 255) {
                return NONE;
            }
        }
        bytes[index] = (byte) value;
        return index == QUAD - 1 && value >= 0 ? bytes : NONE;
    }
}
