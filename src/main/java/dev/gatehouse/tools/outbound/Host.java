package dev.gatehouse.tools.outbound;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The host of an http or https URL (WHATWG URL, 3.5): a name, an IPv4 or an IPv6 address. */
final class Host {

    private static final String FORBIDDEN = " #/:<>?@[\\]^|%\u007f";

    private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern QUAD =
            Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);

    private Host() {}

    /** In the one form that is sent and resolved: ASCII, in lower case; IPv6 in brackets. */
    static Optional<String> parse(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]")
                    ? ipv6(text.substring(1, text.length() - 1))
                    : Optional.empty();
        }
        return DomainName.toAscii(percentDecoded(text))
                .filter(name -> !name.isEmpty() && name.chars().noneMatch(Host::isForbidden))
                .flatMap(name -> endsInNumber(name) ? ipv4(name) : Optional.of(name));
    }

    private static boolean isForbidden(int c) {
        return c < ' ' || FORBIDDEN.indexOf(c) >= 0;
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = HttpUrl.scalars(text).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                decoded.write(high * 16 + low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static List<String> labels(String name) {
        List<String> labels = Arrays.asList(name.split("\\.", -1));
        return labels.size() > 1 && labels.getLast().isEmpty()
                ? labels.subList(0, labels.size() - 1)
                : labels;
    }

    private static boolean endsInNumber(String name) {
        String last = labels(name).getLast();
        return (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'))
                || number(last) >= 0;
    }

    private static Optional<String> ipv4(String name) {
        List<String> labels = labels(name);
        if (labels.size() > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < labels.size(); i++) {
            long number = number(labels.get(i));
            boolean last = i == labels.size() - 1;
            int bits = last ? 8 * (5 - labels.size()) : 8;
            if (number < 0 || number >= 1L << bits) {
                return Optional.empty();
            }
            address |= last ? number : number << (8 * (3 - i));
        }
        long all = address;
        return Optional.of(
                IntStream.of(24, 16, 8, 0)
                        .mapToObj(shift -> Long.toString((all >> shift) & 0xff))
                        .collect(Collectors.joining(".")));
    }

    /** Decimal, octal after a 0, hexadecimal after 0x; -1 where it is no number. */
    private static long number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean hexadecimal = lower.startsWith("0x");
        boolean octal = !hexadecimal && lower.length() > 1 && lower.startsWith("0");
        String digits = lower.substring(hexadecimal ? 2 : octal ? 1 : 0);
        int radix = hexadecimal ? 16 : octal ? 8 : 10;
        if (digits.isEmpty()) {
            return hexadecimal ? 0 : -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = Math.min(value * radix + digit, 1L << 40);
        }
        return value;
    }

    /** "IPv6 parser"; an address is written as RFC 5952 has it. */
    private static Optional<String> ipv6(String text) {
        int[] pieces = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            if (count == 8) {
                return Optional.empty();
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0 || at == 0) {
                    return Optional.empty();
                }
                gap = count;
                at++;
                continue;
            }
            int start = at;
            while (at < text.length() && at - start < 4 && isHex(text.charAt(at))) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                Matcher quad = QUAD.matcher(text.substring(start));
                if (count > 6 || !quad.matches()) {
                    return Optional.empty();
                }
                pieces[count++] = pair(quad.group(1), quad.group(2));
                pieces[count++] = pair(quad.group(3), quad.group(4));
                break;
            }
            if (at == start) {
                return Optional.empty();
            }
            pieces[count++] = Integer.parseInt(text.substring(start, at), 16);
            if (at < text.length() && (text.charAt(at++) != ':' || at == text.length())) {
                return Optional.empty();
            }
        }
        if (gap < 0 ? count != 8 : count == 8) {
            return Optional.empty();
        }
        if (gap >= 0) {
            System.arraycopy(pieces.clone(), gap, pieces, 8 - count + gap, count - gap);
            Arrays.fill(pieces, gap, 8 - count + gap, 0);
        }
        return Optional.of("[" + compressed(pieces) + "]");
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static int pair(String high, String low) {
        return (Integer.parseInt(high) << 8) | Integer.parseInt(low);
    }

    /** The first of the longest runs of zeros, of two or more, becomes {@code ::}. */
    private static String compressed(int[] pieces) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && pieces[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return start < 0
                ? hex(pieces, 0, 8)
                : hex(pieces, 0, start) + "::" + hex(pieces, start + length, 8);
    }

    private static String hex(int[] pieces, int from, int to) {
        return Arrays.stream(pieces, from, to)
                .mapToObj(Integer::toHexString)
                .collect(Collectors.joining(":"));
    }
}
