package dev.gatehouse.connector.nio;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of the PROXY protocol, versions 1 and 2, with which a TCP load balancer begins a
 * connection to name the client that it connects for. TLVs of version 2 are skipped.
 *
 * @see <a href="https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
final class ProxyHeader {

    /** What has come of a header. */
    sealed interface Result {

        /** What has come may be the beginning of a header. */
        record Incomplete() implements Result {}

        /** Something else has come. */
        record Absent() implements Result {}

        /** A header that breaks the protocol. */
        record Invalid() implements Result {}

        /**
         * A header.
         *
         * @param length in bytes; more than have come where its TLVs are still to come
         * @param client null where the load balancer speaks for itself (LOCAL), or does not know
         */
        record Complete(int length, @Nullable InetAddress client) implements Result {}
    }

    /** Every header of version 1, and of version 2 as far as its addresses, fits into that. */
    static final int BUFFER_SIZE = 256;

    private static final int LONGEST_LINE = 107;
    private static final byte[] LINE_START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final int BINARY_HEAD = 16;

    private static final String ADDRESSES = "([0-9a-fA-F:.]+) ([0-9a-fA-F:.]+)";
    private static final String PORT = "(?:0|[1-9][0-9]{0,4})";
    private static final Pattern LINE =
            Pattern.compile("PROXY TCP([46]) " + ADDRESSES + " (" + PORT + ") (" + PORT + ")");
    private static final Pattern QUAD = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN(?: .*)?");

    private static final Result INCOMPLETE = new Result.Incomplete();
    private static final Result ABSENT = new Result.Absent();
    private static final Result INVALID = new Result.Invalid();

    private ProxyHeader() {}

    /**
     * @param received all that was received, from 0 to its position
     */
    static Result read(ByteBuffer received) {
        if (received.position() == 0) {
            return INCOMPLETE;
        }
        return received.get(0) == LINE_START[0] ? readLine(received) : readBinary(received);
    }

    private static boolean begins(ByteBuffer received, byte[] start) {
        int count = Math.min(received.position(), start.length);
        return received.slice(0, count).equals(ByteBuffer.wrap(start, 0, count));
    }

    private static Result readLine(ByteBuffer received) {
        if (!begins(received, LINE_START)) {
            return ABSENT;
        }
        int most = Math.min(received.position(), LONGEST_LINE);
        for (int i = LINE_START.length; i < most; i++) {
            if (received.get(i) == '\n') {
                return received.get(i - 1) == '\r'
                        ? readLine(text(received, i - 1), i + 1)
                        : INVALID;
            }
        }
        return most == LONGEST_LINE ? INVALID : INCOMPLETE;
    }

    private static String text(ByteBuffer received, int length) {
        return StandardCharsets.ISO_8859_1.decode(received.slice(0, length)).toString();
    }

    private static Result readLine(String line, int length) {
        if (UNKNOWN.matcher(line).matches()) {
            return new Result.Complete(length, null);
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return INVALID;
        }
        boolean isVersion4 = parts.group(1).equals("4");
        InetAddress source = address(parts.group(2), isVersion4);
        InetAddress target = address(parts.group(3), isVersion4);
        return source == null
                        || target == null
                        || !isPort(parts.group(4))
                        || !isPort(parts.group(5))
                ? INVALID
                : new Result.Complete(length, source);
    }

    private static boolean isPort(String digits) {
        return Integer.parseInt(digits) <= 0xFFFF;
    }

    private static @Nullable InetAddress address(String literal, boolean isVersion4) {
        if (isVersion4 != QUAD.matcher(literal).matches()
                || !isVersion4 == literal.indexOf(':') < 0) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Result readBinary(ByteBuffer received) {
        if (!begins(received, SIGNATURE)) {
            return ABSENT;
        }
        if (received.position() < BINARY_HEAD) {
            return INCOMPLETE;
        }
        int version = received.get(12) >> 4 & 0xF;
        int command = received.get(12) & 0xF;
        int family = received.get(13) >> 4 & 0xF;
        int transport = received.get(13) & 0xF;
        int length = received.getChar(14);
        if (version != 2 || command > 1 || family > 3 || transport > 2) {
            return INVALID;
        }
        boolean isTcp = transport == 1 && (family == 1 || family == 2);
        if (command == 0 || !isTcp) {
            return new Result.Complete(BINARY_HEAD + length, null);
        }
        int addressBytes = family == 1 ? 4 : 16;
        if (length < 2 * addressBytes + 4) {
            return INVALID;
        }
        if (received.position() < BINARY_HEAD + addressBytes) {
            return INCOMPLETE;
        }
        byte[] address = new byte[addressBytes];
        received.get(BINARY_HEAD, address);
        return new Result.Complete(BINARY_HEAD + length, addressOf(address));
    }

    private static InetAddress addressOf(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException(ex); // 4 bytes or 16
        }
    }
}
