package dev.gatehouse.connector;

import dev.gatehouse.config.InvalidPropertyException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several networks, any of which may hold an address. */
public final class Networks {

    private final Network[] networks;

    private Networks(List<Network> networks) {
        this.networks = networks.toArray(Network[]::new);
    }

    /** The networks of a property that is a list, or the start is stopped. */
    public static Networks parse(String property, List<String> values) {
        return new Networks(
                IntStream.range(0, values.size())
                        .mapToObj(i -> Network.parse(property + "[" + i + "]", values.get(i)))
                        .toList());
    }

    public boolean isEmpty() {
        return networks.length == 0;
    }

    /** Whether an address, of 4 or 16 bytes, is in one of them. */
    public boolean contains(byte[] address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return List.of(networks).stream().map(Network::toString).collect(Collectors.joining(", "));
    }

    /** A network in CIDR notation, parsed at start and matched without garbage. */
    private static final class Network {

        /** Wider than any private network (10.0.0.0/8, fc00::/7). */
        private static final int WIDEST_V4 = 8;

        private static final int WIDEST_V6 = 7;

        private static final String REMEDY =
                "Give a network such as 10.1.0.0/16 or fd00:1::/48, or a single address.";

        private final byte[] address;
        private final int prefix;

        private Network(byte[] address, int prefix) {
            this.address = address;
            this.prefix = prefix;
        }

        /** The network of that value of a property, or the start is stopped. */
        static Network parse(String property, String value) {
            int slash = value.indexOf('/');
            byte[] address =
                    address(property, value, slash < 0 ? value : value.substring(0, slash));
            int bits = address.length * Byte.SIZE;
            int prefix =
                    slash < 0 ? bits : prefix(property, value, value.substring(slash + 1), bits);
            Network network = new Network(mask(address, prefix), prefix);
            rejectPublic(property, value, network);
            if (!network.contains(address) || !isEqual(network.address, address)) {
                throw new InvalidPropertyException(
                        property,
                        value,
                        "has bits set beyond its prefix",
                        "Write %s if that network is meant.".formatted(network));
            }
            return network;
        }

        private static byte[] address(String property, String value, String literal) {
            try {
                InetAddress address = InetAddress.ofLiteral(literal);
                boolean isMapped = address.getAddress().length == 4 && literal.indexOf(':') >= 0;
                if (!isMapped && literal.indexOf('%') < 0 && isQuadOrV6(address, literal)) {
                    return address.getAddress();
                }
            } catch (IllegalArgumentException _) {
                // said below
            }
            throw invalid(property, value);
        }

        /** Java takes 10.1 for 10.0.0.1; an operator means something else. */
        private static boolean isQuadOrV6(InetAddress address, String literal) {
            return literal.indexOf(':') >= 0 || IpAddressFormat.format(address).equals(literal);
        }

        private static int prefix(String property, String value, String digits, int bits) {
            if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= bits) {
                return Integer.parseInt(digits);
            }
            throw invalid(property, value);
        }

        private static InvalidPropertyException invalid(String property, String value) {
            return new InvalidPropertyException(property, value, "is not a network", REMEDY);
        }

        private static void rejectPublic(String property, String value, Network network) {
            if (network.prefix < (network.address.length == 4 ? WIDEST_V4 : WIDEST_V6)) {
                throw new InvalidPropertyException(
                        property,
                        value,
                        "would let in the public internet",
                        publicRemedy(property));
            }
        }

        private static String publicRemedy(String property) {
            if (property.startsWith("gatehouse.proxy-protocol")) {
                return "Name the networks of your load balancers.";
            }
            return property.startsWith("gatehouse.outbound")
                    ? "Name the networks that are yours. Public addresses may be visited anyway."
                    : "Name the networks that are yours. To serve everybody over plain HTTP, set"
                            + " gatehouse.redirect.mode to off, which says so.";
        }

        private static byte[] mask(byte[] address, int prefix) {
            byte[] masked = address.clone();
            for (int bit = prefix; bit < masked.length * Byte.SIZE; bit++) {
                masked[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
            }
            return masked;
        }

        private static boolean isEqual(byte[] one, byte[] other) {
            return new BigInteger(1, one).equals(new BigInteger(1, other));
        }

        /** Whether that address, of 4 or 16 bytes, is in the network. */
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = prefix / Byte.SIZE;
            for (int i = 0; i < whole; i++) {
                if (other[i] != address[i]) {
                    return false;
                }
            }
            int rest = prefix % Byte.SIZE;
            return rest == 0 || (other[whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0;
        }

        /** As it is written, IPv6 as RFC 5952 has it. */
        @Override
        public String toString() {
            try {
                return IpAddressFormat.format(InetAddress.getByAddress(address)) + "/" + prefix;
            } catch (UnknownHostException ex) {
                throw new IllegalStateException(ex); // 4 bytes or 16
            }
        }
    }
}
