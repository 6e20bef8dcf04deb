package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** The addresses at which clouds give their machines credentials. They are never connected to. */
final class MetadataAddresses {

    private static final List<byte[]> V4 =
            bytes(
                    "169.254.169.254",
                    "169.254.170.2",
                    "169.254.170.23",
                    "168.63.129.16",
                    "100.100.100.200",
                    "192.0.0.192");

    private static final List<byte[]> V6 = bytes("fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254");

    private MetadataAddresses() {}

    private static List<byte[]> bytes(String... literals) {
        return Arrays.stream(literals)
                .map(text -> InetAddress.ofLiteral(text).getAddress())
                .toList();
    }

    /**
     * An IPv6 address is one of them too where it embeds one: after the prefix of 6to4 or of a
     * NAT64, at its end, or inverted as in Teredo. The offset of a NAT64 differs, so all count.
     */
    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isOf(V4, bytes);
        }
        if (isOf(V6, bytes)) {
            return true;
        }
        for (int at = 0; at + 4 <= bytes.length; at++) {
            byte[] four = Arrays.copyOfRange(bytes, at, at + 4);
            if (isOf(V4, four) || isOf(V4, inverted(four)) || isOf(V4, aroundU(bytes, at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(List<byte[]> addresses, byte[] bytes) {
        return addresses.stream().anyMatch(each -> Arrays.equals(each, bytes));
    }

    private static byte[] inverted(byte[] bytes) {
        byte[] inverted = bytes.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        return inverted;
    }

    /** RFC 6052: byte 8 is zero, and the IPv4 address goes on behind it. */
    private static byte[] aroundU(byte[] bytes, int at) {
        byte[] four = new byte[4];
        for (int i = 0, from = at; i < four.length && from < bytes.length; from++) {
            if (from != 8) {
                four[i++] = bytes[from];
            }
        }
        return four;
    }
}
